/** Votes as a regression on length wants them: who stood where, who won, and how much longer the left answer was. */
import type { Vote } from '../../../core/vote';

/** Entry `index` of each list belongs to one vote. */
export interface LengthBallots {
  readonly modelCount: number;
  /** Numbers of models, from 0. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By the left one: 1, 0, or a half for a tie, both bad included. */
  readonly won: Float64Array;
  /** Natural logarithm of the left length over the right one. */
  readonly ratios: Float64Array;
}

/** A model against itself counts: its strength cancels out, and its length does not. */
export function lengthBallots(votes: readonly Pick<Vote, 'left' | 'right' | 'outcome'>[]): LengthBallots {
  const numbers = new Map<string, number>();
  const numberOf = (model: string): number => {
    const number = numbers.get(model) ?? numbers.size;
    numbers.set(model, number);
    return number;
  };
  const left = Int32Array.from(votes, (vote) => numberOf(vote.left.modelKey));
  const right = Int32Array.from(votes, (vote) => numberOf(vote.right.modelKey));
  return {
    modelCount: numbers.size,
    left,
    right,
    won: Float64Array.from(votes, ({ outcome }) => (outcome === 'left' ? 1 : outcome === 'right' ? 0 : 0.5)),
    // An empty answer has a length to be compared with, too.
    ratios: Float64Array.from(votes, (vote) =>
      Math.log(Math.max(1, vote.left.length) / Math.max(1, vote.right.length)),
    ),
  };
}
