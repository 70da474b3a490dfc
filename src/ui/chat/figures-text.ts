/** An answer's figures as words; `≈` marks what nobody reported and we estimated. */
import type { AnswerMessage } from '../../core/conversation';
import { formatMs, formatRate } from '../shared/format';

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly explanation: string;
}

export function figuresOf({ measurement, usage, timings }: AnswerMessage): Figure[] {
  if (!measurement) return [];
  const { firstTokenMs, totalMs, loadMs, tokensPerSecond, completionTokens, isEstimated } = measurement;
  const about = isEstimated ? '≈ ' : '';
  const guess = isEstimated ? ' Estimated from the length: this backend reports no counts.' : '';
  const figures: (Figure | undefined)[] = [
    firstTokenMs === undefined
      ? undefined
      : {
          label: 'first token',
          value: formatMs(firstTokenMs),
          explanation: 'Time to first token, measured in this page; loading the model is not in it.',
        },
    tokensPerSecond === undefined
      ? undefined
      : {
          label: 'tokens/s',
          value: `${about}${formatRate(tokensPerSecond)}`,
          explanation: `Decode speed after the first token, measured in this page.${guess}`,
        },
    completionTokens === 0
      ? undefined
      : {
          label: completionTokens === 1 ? 'token' : 'tokens',
          value: `${about}${completionTokens}`,
          explanation: `Generated tokens, reasoning included.${guess}`,
        },
    usage?.promptTokens === undefined
      ? undefined
      : {
          label: 'prompt',
          value: String(usage.promptTokens),
          explanation: `Tokens of the prompt${usage.cachedTokens ? `, ${usage.cachedTokens} of them from the cache` : ''}, as the backend reports.`,
        },
    loadMs === undefined || loadMs < 50
      ? undefined
      : { label: 'load', value: formatMs(loadMs), explanation: 'Loading the model before this answer.' },
    {
      label: 'total',
      value: formatMs(totalMs),
      explanation: `From the request to the end.${engineSays(timings)}`,
    },
  ];
  return figures.filter((figure) => figure !== undefined);
}

function engineSays(timings: AnswerMessage['timings']): string {
  if (!timings) return '';
  const parts = [
    timings.prefillMs === undefined ? '' : `prefill ${formatMs(timings.prefillMs)}`,
    timings.decodeMs === undefined ? '' : `decode ${formatMs(timings.decodeMs)}`,
    timings.loadMs === undefined ? '' : `load ${formatMs(timings.loadMs)}`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` The engine itself says: ${parts.join(', ')}.`;
}
