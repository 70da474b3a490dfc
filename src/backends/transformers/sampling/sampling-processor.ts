/** Our sampling as a LogitsProcessor: leaves one token with a score, so that the library's greedy choice takes it. */
import { LogitsProcessor, type Tensor } from '@huggingface/transformers';
import { hasPenalty } from './penalties';
import type { Random } from '../../../platform/seeded-random';
import { sampleToken, type SamplingSettings } from './sampler';
import { type TokenOdds, tokenOdds } from './token-odds';

export interface SamplingWish {
  readonly settings: SamplingSettings;
  /** Tokens. */
  readonly promptLength: number;
  readonly random: Random;
  /** Where the probabilities are wanted, with so many alternatives. */
  readonly report?: { readonly count: number; onToken(token: number, odds: TokenOdds): void };
}

export class SamplingProcessor extends LogitsProcessor {
  constructor(private readonly wish: SamplingWish) {
    super();
  }

  /** @param ids one row: tokens of prompt and answer. @param logits [1, vocabulary], float32 */
  override _call(ids: bigint[][], logits: Tensor): Tensor {
    const scores: unknown = logits.data;
    if (!(scores instanceof Float32Array)) throw new TypeError(`Scores of type ${logits.type}`);
    const { settings, promptLength, random, report } = this.wish;
    const odds = report && tokenOdds(scores, report.count);
    // A long conversation is not copied for nothing.
    const seen = hasPenalty(settings) ? (ids[0] ?? []).map(Number) : [];
    const token = sampleToken(scores, seen, promptLength, settings, random);
    if (odds) report?.onToken(token, odds);
    scores.fill(-Infinity);
    scores[token] = 0;
    return logits;
  }
}
