/** What a chat template in the page makes of the wish to think. */
import type { ThinkingControl } from '../../core/backend';
import type { ParamEffect } from '../../core/param-effect';
import type { Params } from '../../core/params';

export interface FittedThinking {
  /** Absent where the wish has no effect, or where there is none. */
  readonly thinking?: boolean;
  /** Nothing where nothing was asked for. */
  readonly effects: readonly ParamEffect[];
}

/** @param template absent where the model has none */
export function controlIn(template: string | null | undefined): ThinkingControl {
  return template?.includes('enable_thinking') ? 'switch' : 'none';
}

/**
 * Templates know `enable_thinking` or know nothing of it, and none of them knows a degree.
 * @param template absent where the model has none, or where it is not used
 * @param wire what the engine calls it
 */
export function fitThinking(
  requested: Params['thinking'],
  template: string | undefined,
  wire: string,
): FittedThinking {
  if (requested === undefined) return { effects: [] };
  if (controlIn(template) === 'none') {
    return { effects: [{ param: 'thinking', outcome: 'ignored', requested }] };
  }
  const thinking = requested !== false;
  const adjusted = typeof requested === 'boolean' ? {} : { adjusted: thinking };
  return {
    thinking,
    effects: [{ param: 'thinking', outcome: 'sent', requested, ...adjusted, wire, sent: thinking }],
  };
}
