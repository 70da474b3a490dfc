/** How full the context window is, in a few characters for the gauge and in a sentence for everybody else. */
import type { ContextUse } from '../../core/context-use';
import { paramLabels } from '../shared/param-labels';

export interface ContextWords {
  readonly short: string;
  readonly sentence: string;
}

export function contextWords({ used, isEstimated, window, share, isNear }: ContextUse): ContextWords {
  const about = isEstimated ? '≈ ' : '';
  const count = `${about}${used.toLocaleString('en')}`;
  const guess = isEstimated ? ' Estimated from the length: this server reports no counts.' : '';
  if (window === undefined || share === undefined) {
    return {
      short: `${count} tokens`,
      sentence: `Context: ${count} tokens so far, window unknown: nobody told how many fit.${guess}`,
    };
  }
  const percent = Math.floor(share * 100);
  const advice = isNear
    ? ` It is nearly full: what follows may be cut or refused. Raise “${paramLabels.contextLength}” in Answer settings, or start a new conversation.`
    : '';
  return {
    short: `${about}${percent} %`,
    sentence: `Context: ${count} of ${window.toLocaleString('en')} tokens after the last answer, ${percent} % of the window.${advice}${guess}`,
  };
}
