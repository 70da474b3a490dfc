/** Samples for the bootstrap (Efron 1979): as many votes as there are, each drawn from all of them. */
import type { PairScores } from './bradley-terry';
import type { PairCounts } from './pair-counts';
import type { Random } from '../../../platform/seeded-random';

/**
 * Votes of a pair with the same outcome are all alike, so a sample of votes is a multinomial sample of the counts.
 * Which count a drawn vote belongs to is looked up in a list with one entry per vote.
 *
 * @returns gives another sample with each call
 */
export function resampler(counts: PairCounts, random: Random): () => PairScores {
  const { first, firstWins, secondWins, ties } = counts;
  const cells = first.flatMap((_, pair) => [firstWins[pair] ?? 0, secondWins[pair] ?? 0, ties[pair] ?? 0]);
  const cellOfVote = Uint32Array.from(cells.flatMap((count, cell) => Array<number>(count).fill(cell)));
  const total = cellOfVote.length;
  const drawn = new Uint32Array(cells.length);
  return () => {
    drawn.fill(0);
    for (let vote = 0; vote < total; vote++) {
      const cell = cellOfVote[Math.floor(random() * total)] ?? 0;
      drawn[cell] = (drawn[cell] ?? 0) + 1;
    }
    const score = (side: 0 | 1) => (_: number, pair: number) =>
      (drawn[pair * 3 + side] ?? 0) + (drawn[pair * 3 + 2] ?? 0) / 2;
    return { first: Float64Array.from(first, score(0)), second: Float64Array.from(first, score(1)) };
  };
}
