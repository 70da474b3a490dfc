/** Which two answers of a turn are put before the judge, and in what order. */
import { shuffled } from './shuffled';

export type Pair<Answer> = readonly [left: Answer, right: Answer];

interface OfModel {
  readonly modelKey: string;
}

/**
 * Every pair of different models once, those that were voted on least first: there a vote says most. Sides are drawn.
 * @param votesOver how often these two models were voted on before
 * @param below a random whole number from 0 up to, and without, its argument
 */
export function pairsToJudge<Answer extends OfModel>(
  answers: readonly Answer[],
  votesOver: (one: string, other: string) => number,
  below: (limit: number) => number,
): Pair<Answer>[] {
  const pairs = answers.flatMap((one, place) =>
    answers
      .slice(place + 1)
      .filter((other) => other.modelKey !== one.modelKey)
      .map((other): Pair<Answer> => (below(2) === 0 ? [one, other] : [other, one])),
  );
  // Sorting keeps the drawn order of equals.
  return shuffled(pairs, below)
    .map((pair) => ({ pair, votes: votesOver(pair[0].modelKey, pair[1].modelKey) }))
    .sort((a, b) => a.votes - b.votes)
    .map(({ pair }) => pair);
}
