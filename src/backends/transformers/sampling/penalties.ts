/** Makes tokens that were seen before less likely, in three ways. */

export interface Penalties {
  /** 1 is none. */
  readonly repeatPenalty: number;
  /** 0 is none. */
  readonly frequencyPenalty: number;
  /** 0 is none. */
  readonly presencePenalty: number;
}

export function hasPenalty({ repeatPenalty, frequencyPenalty, presencePenalty }: Penalties): boolean {
  return repeatPenalty !== 1 || frequencyPenalty !== 0 || presencePenalty !== 0;
}

/**
 * Changes the scores in place.
 *
 * - Repetition (Keskar et al. 2019, arXiv 1909.05858, and Hugging Face's processor): over prompt and answer,
 *   a positive score is divided by the penalty, a negative one multiplied.
 * - Frequency and presence (OpenAI's API reference): over the answer alone,
 *   `logit − count × frequency − (count > 0) × presence`.
 *
 * @param seen tokens of prompt and answer, oldest first. @param promptLength how many of them are the prompt
 */
export function penalize(
  logits: Float32Array,
  seen: readonly number[],
  promptLength: number,
  { repeatPenalty, frequencyPenalty, presencePenalty }: Penalties,
): void {
  if (repeatPenalty !== 1) {
    for (const token of new Set(seen)) {
      const logit = logits[token] ?? 0;
      logits[token] = logit > 0 ? logit / repeatPenalty : logit * repeatPenalty;
    }
  }
  if (frequencyPenalty === 0 && presencePenalty === 0) return;
  const counts = new Map<number, number>();
  for (const token of seen.slice(promptLength)) counts.set(token, (counts.get(token) ?? 0) + 1);
  for (const [token, count] of counts) {
    logits[token] = (logits[token] ?? 0) - count * frequencyPenalty - presencePenalty;
  }
}
