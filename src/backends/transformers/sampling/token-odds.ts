/** What the model itself thought of the tokens at one place, before any setting of sampling. */
import { type Candidate, cutByTopK } from './cuts';
import { vocabularySum } from './vocabulary-sum';

export interface TokenOdds {
  /** 0–1. */
  probabilityOf(token: number): number;
  /** The most likely ones, most likely first. */
  readonly top: readonly Candidate[];
}

/** @param logits are copied: sampling changes them in place */
export function tokenOdds(logits: Float32Array, count: number): TokenOdds {
  const raw = logits.slice();
  const { most, sum } = vocabularySum(raw);
  return {
    probabilityOf: (token) => Math.exp((raw[token] ?? -Infinity) - most) / sum,
    top: cutByTopK(raw, count),
  };
}
