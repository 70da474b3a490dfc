/**
 * Words that the question does not say and its best chunks do (relevance model RM3: Abdul-Jaleel et al., UMass at TREC
 * 2004), each weighed by how rare it is. A question of few words looks something up and is taken at its word.
 */

export interface RelevantChunk<Term> {
  /** Above 0. */
  readonly score: number;
  /** Of its text, in any order, each as often as it is there. */
  readonly terms: readonly Term[];
}

export const feedback = {
  /** The question has so many different words at least. */
  leastWords: 3,
  /** How many of the best chunks are read. */
  chunks: 3,
  /** How many of their words are taken. */
  words: 10,
  /** What they weigh together, by the words of the question together. */
  share: 0.67,
};

/**
 * @param rarityOf how much a term tells
 * @returns the words that tell most about these chunks and how much they weigh, together 1; some may be the question's own
 */
export function feedbackWords<Term>(
  chunks: readonly RelevantChunk<Term>[],
  rarityOf: (term: Term) => number,
): readonly (readonly [term: Term, weight: number])[] {
  const shares = new Map<Term, number>();
  const total = chunks.reduce((sum, { score }) => sum + score, 0);
  for (const { score, terms } of chunks) {
    const each = score / total / terms.length;
    for (const term of terms) shares.set(term, (shares.get(term) ?? 0) + each);
  }
  const best = Array.from(shares, ([term, share]) => [term, share * rarityOf(term)] as const)
    .sort(([, one], [, other]) => other - one)
    .slice(0, feedback.words);
  const sum = best.reduce((all, [, weight]) => all + weight, 0);
  return best.map(([term, weight]) => [term, weight / sum]);
}
