/** Ratings with their intervals: what is told, and what is not. */
import { describe, expect, it } from 'vitest';
import { type Ballot, pairCounts } from '../../../../../src/compare/judge/ratings/pair-counts';
import { rateModels } from '../../../../../src/compare/judge/ratings/rate-models';
import { seededRandom } from '../../../../../src/platform/seeded-random';

const votes = (left: string, right: string, outcome: Ballot['outcome'], count: number): Ballot[] =>
  Array.from({ length: count }, () => ({ left, right, outcome }));
const rate = (ballots: readonly Ballot[], seed = 1) =>
  rateModels(pairCounts(ballots), { seed, samples: 100 });

describe('rateModels', () => {
  it('puts the best first, on a scale where 400 points are ten to one and the mean is 1000', () => {
    const ballots = [...votes('a', 'b', 'left', 10_000), ...votes('a', 'b', 'right', 1000)];
    const [best, worst] = rate(ballots);
    expect([best?.model, worst?.model]).toEqual(['a', 'b']);
    expect((best?.points ?? 0) - (worst?.points ?? 0)).toBeCloseTo(400, 0);
    expect((best?.points ?? 0) + (worst?.points ?? 0)).toBeCloseTo(2000, 6);
  });

  it('counts wins, losses and ties, both bad among them, and leaves out a model against itself', () => {
    const ballots = [
      ...votes('a', 'b', 'left', 3),
      ...votes('b', 'a', 'left', 1),
      ...votes('a', 'b', 'tie', 2),
      ...votes('a', 'b', 'both-bad', 1),
      ...votes('a', 'a', 'left', 9),
    ];
    expect(rate(ballots)).toMatchObject([
      { model: 'a', votes: 7, wins: 3, losses: 1, ties: 3 },
      { model: 'b', votes: 7, wins: 1, losses: 3, ties: 3 },
    ]);
  });

  it('says no interval for a handful of votes', () => {
    expect(rate(votes('a', 'b', 'left', 9)).every(({ interval }) => !interval)).toBe(true);
    expect(rate(votes('a', 'b', 'left', 10)).every(({ interval }) => interval)).toBe(true);
  });

  it('says that the interval is open where a model won all or lost all', () => {
    const [best, worst] = rate(votes('a', 'b', 'left', 20));
    expect(best?.interval?.isOpen).toBe('above');
    expect(worst?.interval?.isOpen).toBe('below');
    const [even] = rate([...votes('a', 'b', 'left', 20), ...votes('a', 'b', 'right', 19)]);
    expect(even?.interval?.isOpen).toBeUndefined();
  });

  it('gives narrower intervals for more votes, and the same ones for the same seed', () => {
    const some = [...votes('a', 'b', 'left', 12), ...votes('a', 'b', 'right', 8)];
    const many = Array.from({ length: 25 }, () => some).flat();
    const width = (ballots: readonly Ballot[]): number => {
      const interval = rate(ballots)[0]?.interval;
      return (interval?.high ?? Number.NaN) - (interval?.low ?? Number.NaN);
    };
    expect(width(many)).toBeLessThan(width(some) / 3);
    expect(rate(some, 5)).toEqual(rate(some, 5));
    expect(rate(some, 5)).not.toEqual(rate(some, 6));
  });

  it('covers the truth about as often as it says', () => {
    const random = seededRandom(3);
    let covered = 0;
    const rounds = 100;
    for (let round = 0; round < rounds; round++) {
      // A beats B three times out of four: 191 points, half of them to either side of the mean.
      const ballots = Array.from({ length: 200 }, (): Ballot => ({
        left: 'a',
        right: 'b',
        outcome: random() < 0.75 ? 'left' : 'right',
      }));
      const truth = 1000 + (400 * Math.log10(3)) / 2;
      const interval = rate(ballots, round).find(({ model }) => model === 'a')?.interval;
      if (interval && interval.low <= truth && truth <= interval.high) covered++;
    }
    expect(covered / rounds).toBeGreaterThan(0.9);
    expect(covered / rounds).toBeLessThan(0.99);
  });

  it('tells models apart that no vote joins', () => {
    const ballots = [
      ...votes('a', 'b', 'left', 1),
      ...votes('c', 'd', 'left', 1),
      ...votes('d', 'e', 'tie', 1),
    ];
    const groups = new Map(rate(ballots).map(({ model, group }) => [model, group]));
    expect(groups.get('a')).toBe(groups.get('b'));
    expect(groups.get('c')).toBe(groups.get('e'));
    expect(groups.get('a')).not.toBe(groups.get('c'));
  });

  it('has nothing to say without votes', () => {
    expect(rate([])).toEqual([]);
  });
});
