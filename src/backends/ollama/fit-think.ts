/** The wish to think, in what the model at hand knows: gpt-oss knows degrees only, all others on and off only. */
import type { ThinkingControl } from '../../core/backend';
import type { ParamEffect } from '../../core/param-effect';
import type { Params } from '../../core/params';

export interface FittedThink {
  /** Absent where it would have no effect. */
  readonly thinking?: Params['thinking'];
  /** What the table cannot tell; nothing where it can. */
  readonly effects: readonly ParamEffect[];
}

/** @param family as the server tells */
export function thinkingControlOf(family: string | undefined): ThinkingControl | undefined {
  if (family === undefined) return undefined;
  return /^gpt-?oss/.test(family) ? 'degrees' : 'switch';
}

/** @param family as `/api/show` tells; a degree for another family is refused with 400 by version 0.17 */
export function fitThink(requested: Params['thinking'], family: string | undefined): FittedThink {
  if (requested === undefined || family === undefined) return { thinking: requested, effects: [] };
  const knowsDegrees = thinkingControlOf(family) === 'degrees';
  if (knowsDegrees && typeof requested === 'boolean') {
    // It thinks whatever is asked for.
    return { effects: [{ param: 'thinking', outcome: 'ignored', requested }] };
  }
  return { thinking: knowsDegrees ? requested : requested !== false, effects: [] };
}
