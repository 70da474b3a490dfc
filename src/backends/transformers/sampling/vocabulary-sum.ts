/** What the probabilities of a whole vocabulary are measured by. */

export interface VocabularySum {
  /** The greatest score; others are taken relative to it, so that no exponential overflows. */
  readonly most: number;
  /** Of `exp(score − most)` over all tokens. */
  readonly sum: number;
}

export function vocabularySum(logits: Float32Array): VocabularySum {
  let most = -Infinity;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return { most, sum };
}
