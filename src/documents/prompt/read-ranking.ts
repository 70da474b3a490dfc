/** Reads the scores out of a model's reply, and puts passages in their order. */
import type { Passage } from '../../core/retrieval';

/** @returns undefined where the reply scores no passage at all */
export function readRanking(reply: string, passages: readonly Passage[]): Passage[] | undefined {
  const scores = new Map<number, number>();
  // A reply that was cut in the middle still has its first scores.
  for (const [object] of reply.matchAll(/\{[^{}]*\}/g)) {
    const number = Number(/"passage"\s*:\s*"?(\d+)/.exec(object)?.[1]);
    const score = Number(/"score"\s*:\s*"?(\d+(?:\.\d+)?)/.exec(object)?.[1]);
    if (passages[number - 1] && Number.isFinite(score) && !scores.has(number))
      scores.set(number, Math.min(10, score));
  }
  if (scores.size === 0) return undefined;
  const ranked = passages.map((passage, index): Passage => {
    const reranked = scores.get(index + 1);
    return reranked === undefined ? passage : { ...passage, scores: { ...passage.scores, reranked } };
  });
  // Stable: equal scores keep the order of the search. One that was not scored counts as not fitting.
  return ranked.sort((a, b) => (b.scores.reranked ?? -1) - (a.scores.reranked ?? -1));
}
