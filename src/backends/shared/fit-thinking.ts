/** What a chat template in the page makes of the wish to think. */
import type { Params, ParamWarning } from '../../core/params';

export interface FittedThinking {
  /** Absent where the wish has no effect, or where there is none. */
  readonly thinking?: boolean;
  readonly warnings: readonly ParamWarning[];
}

/**
 * Templates know `enable_thinking` or know nothing of it, and none of them knows a degree.
 * @param template absent where the model has none, or where it is not used
 */
export function fitThinking(requested: Params['thinking'], template: string | undefined): FittedThinking {
  if (requested === undefined) return { warnings: [] };
  if (!template?.includes('enable_thinking')) {
    return { warnings: [{ param: 'thinking', reason: 'unsupported', requested }] };
  }
  if (typeof requested === 'boolean') return { thinking: requested, warnings: [] };
  return { thinking: true, warnings: [{ param: 'thinking', reason: 'clamped', requested, sent: true }] };
}
