/** Strengths from votes: against published values, and what must hold for any votes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bradleyTerry, pairScores } from '../../../../../src/compare/judge/ratings/bradley-terry';
import { type Ballot, pairCounts } from '../../../../../src/compare/judge/ratings/pair-counts';

/**
 * American League, eastern division, 1987: Agresti, Categorical Data Analysis, table 10.10. Wins of the first team,
 * wins of the second.
 */
const games: readonly (readonly [string, string, number, number])[] = [
  ['Milwaukee', 'Detroit', 7, 6],
  ['Milwaukee', 'Toronto', 9, 4],
  ['Milwaukee', 'New York', 7, 6],
  ['Milwaukee', 'Boston', 7, 6],
  ['Milwaukee', 'Cleveland', 9, 4],
  ['Milwaukee', 'Baltimore', 11, 2],
  ['Detroit', 'Toronto', 7, 6],
  ['Detroit', 'New York', 5, 8],
  ['Detroit', 'Boston', 11, 2],
  ['Detroit', 'Cleveland', 9, 4],
  ['Detroit', 'Baltimore', 9, 4],
  ['Toronto', 'New York', 7, 6],
  ['Toronto', 'Boston', 7, 6],
  ['Toronto', 'Cleveland', 8, 5],
  ['Toronto', 'Baltimore', 12, 1],
  ['New York', 'Boston', 6, 7],
  ['New York', 'Cleveland', 7, 6],
  ['New York', 'Baltimore', 10, 3],
  ['Boston', 'Cleveland', 7, 6],
  ['Boston', 'Baltimore', 12, 1],
  ['Cleveland', 'Baltimore', 6, 7],
];

const won = (left: string, right: string, count: number): Ballot[] =>
  Array.from({ length: count }, () => ({ left, right, outcome: 'left' }));

function fit(ballots: readonly Ballot[], prior?: number): Map<string, number> {
  const counts = pairCounts(ballots);
  const strengths = bradleyTerry(counts, prior)(pairScores(counts));
  return new Map(counts.models.map((model, place) => [model, strengths[place] ?? Number.NaN]));
}

describe('against published values', () => {
  const ballots = games.flatMap(([one, other, ones, others]) => [
    ...won(one, other, ones),
    ...won(other, one, others),
  ]);

  it.each([
    ['Milwaukee', 1.58],
    ['Detroit', 1.44],
    ['Toronto', 1.29],
    ['New York', 1.25],
    ['Boston', 1.11],
    ['Cleveland', 0.68],
    ['Baltimore', 0],
  ])('%s has %d, relative to Baltimore', (team, published) => {
    const strengths = fit(ballots, 0);
    const relative = (strengths.get(team) ?? Number.NaN) - (strengths.get('Baltimore') ?? Number.NaN);
    expect(relative).toBeCloseTo(published, 2);
  });
});

const models = ['a', 'b', 'c', 'd', 'e'];
const ballot: fc.Arbitrary<Ballot> = fc.record({
  left: fc.constantFrom(...models),
  right: fc.constantFrom(...models),
  outcome: fc.constantFrom('left', 'right', 'tie', 'both-bad'),
});
/** Everybody beats the next one: then there is a finite answer without the imaginary ties too. */
const cycle = models.flatMap((model, place) => won(model, models[(place + 1) % models.length] ?? '', 1));
const ballots = fc.array(ballot, { minLength: 1, maxLength: 60 });

const expectSame = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): void => {
  expect([...one.keys()].sort()).toEqual([...other.keys()].sort());
  for (const [model, strength] of one) expect(other.get(model)).toBeCloseTo(strength, 4);
};

describe('for any votes', () => {
  it('the order of the votes does not matter', () => {
    fc.assert(fc.property(ballots, (all) => expectSame(fit(all), fit(all.toReversed()))));
  });

  it('the side on which an answer stood does not matter', () => {
    const turned = ({ left, right, outcome }: Ballot): Ballot => ({
      left: right,
      right: left,
      outcome: outcome === 'left' ? 'right' : outcome === 'right' ? 'left' : outcome,
    });
    fc.assert(fc.property(ballots, (all) => expectSame(fit(all), fit(all.map(turned)))));
  });

  it('other names for the models change nothing but the names', () => {
    fc.assert(
      fc.property(ballots, fc.shuffledSubarray(models, { minLength: models.length }), (all, others) => {
        const rename = (name: string): string => others[models.indexOf(name)] ?? name;
        const renamed = all.map((one) => ({ ...one, left: rename(one.left), right: rename(one.right) }));
        const expected = new Map([...fit(all)].map(([name, strength]) => [rename(name), strength]));
        expectSame(expected, fit(renamed));
      }),
    );
  });

  it('twice the votes are the same strengths, but for the imaginary ties', () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const whole = [...all, ...cycle];
        expectSame(fit(whole, 0), fit([...whole, ...whole], 0));
      }),
    );
  });

  it('everybody has a finite strength, and the mean is 0', () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const strengths = [...fit(all).values()];
        expect(strengths.every(Number.isFinite)).toBe(true);
        expect(strengths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('one more win never lowers the winner against the loser', () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const before = fit([...all, ...won('a', 'b', 1)]);
        const after = fit([...all, ...won('a', 'b', 2)]);
        const lead = (strengths: ReadonlyMap<string, number>): number =>
          (strengths.get('a') ?? 0) - (strengths.get('b') ?? 0);
        expect(lead(after)).toBeGreaterThanOrEqual(lead(before) - 1e-4);
      }),
    );
  });

  it('expected wins are the wins that were counted', () => {
    // The condition that a maximum of the likelihood must meet, whichever way it was found.
    fc.assert(
      fc.property(ballots, (some) => {
        const all = [...some, ...cycle];
        const strengths = fit(all, 0);
        for (const [model, own] of strengths) {
          let [scored, expected] = [0, 0];
          for (const { left, right, outcome } of all) {
            if (left === right || (left !== model && right !== model)) continue;
            expected += chance(own, strengths.get(left === model ? right : left) ?? 0);
            if (outcome === 'tie' || outcome === 'both-bad') scored += 0.5;
            else if ((outcome === 'left') === (left === model)) scored += 1;
          }
          expect(expected).toBeCloseTo(scored, 3);
        }
      }),
    );
  });
});

function chance(own: number, other: number): number {
  return 1 / (1 + Math.exp(other - own));
}
