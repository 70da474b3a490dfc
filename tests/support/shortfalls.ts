/** The settings of an answer that did not arrive as they were set. */
import type { ChatEvent } from '../../src/core/chat-event';
import type { ParamEffect } from '../../src/core/param-effect';

type Shortfall = Pick<ParamEffect, 'param' | 'outcome' | 'requested' | 'adjusted'>;

/** @param from a report, or the event that carries one */
export function shortfalls(from: readonly ParamEffect[] | ChatEvent | undefined): Shortfall[] {
  const effects = Array.isArray(from) ? (from as readonly ParamEffect[]) : effectsOf(from as ChatEvent);
  return effects
    .filter(({ outcome, adjusted }) => outcome !== 'sent' || adjusted !== undefined)
    .map(({ param, outcome, requested, adjusted }) => ({
      param,
      outcome,
      requested,
      ...(adjusted !== undefined && { adjusted }),
    }));
}

function effectsOf(event: ChatEvent | undefined): readonly ParamEffect[] {
  if (event?.type !== 'stream-start') throw new Error(`There is no report in ${event?.type ?? 'nothing'}.`);
  return event.effects;
}
