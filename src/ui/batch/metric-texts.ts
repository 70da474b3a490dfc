/** The figures of a batch for people: what they are called, in which unit, and which way is better. */
import type { Metric } from '../../batch/statistics/summarise';
import { formatMs, formatRate } from '../shared/format';

export interface MetricText {
  readonly title: string;
  readonly format: (value: number) => string;
  /** It counts tokens, which are estimated where the backend does not count. */
  readonly isOfTokens: boolean;
}

export const metricTexts: Readonly<Record<Metric, MetricText>> = {
  firstTokenMs: { title: 'First token', format: formatMs, isOfTokens: false },
  tokensPerSecond: { title: 'Tokens/s', format: formatRate, isOfTokens: true },
  totalMs: { title: 'Total', format: formatMs, isOfTokens: false },
  completionTokens: { title: 'Tokens', format: formatRate, isOfTokens: true },
};
