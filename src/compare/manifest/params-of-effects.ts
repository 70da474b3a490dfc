/** The settings of an answer as they were set, read from the report of what became of them. */
import type { ParamEffect } from '../../core/param-effect';
import type { Params } from '../../core/params';

/** A free field has an effect for each of its parts, each with the whole as what was requested. */
export function paramsOfEffects(effects: readonly ParamEffect[]): Params {
  return Object.fromEntries(effects.map(({ param, requested }) => [param, requested]));
}
