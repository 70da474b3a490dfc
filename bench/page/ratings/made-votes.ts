/** Votes as people might give them: models of known strengths, drawn pairs, some ties. */
import type { Ballot } from '../../../src/compare/judge/ratings/pair-counts';
import { seededRandom } from '../../../src/platform/seeded-random';

export interface VoteOrder {
  readonly votes: number;
  readonly models: number;
  readonly samples: number;
  readonly seed: number;
}

const shareOfTies = 0.15;
/** Points of the strongest above the weakest. */
const spread = 600;

export function madeVotes({ votes, models, seed }: VoteOrder): Ballot[] {
  const random = seededRandom(seed);
  const pointsOf = (model: number): number => (spread * model) / (models - 1);
  return Array.from({ length: votes }, (): Ballot => {
    const left = Math.floor(random() * models);
    const right = (left + 1 + Math.floor(random() * (models - 1))) % models;
    const chance = 1 / (1 + 10 ** ((pointsOf(right) - pointsOf(left)) / 400));
    const outcome = random() < shareOfTies ? 'tie' : random() < chance ? 'left' : 'right';
    return { left: `model ${left}`, right: `model ${right}`, outcome };
  });
}
