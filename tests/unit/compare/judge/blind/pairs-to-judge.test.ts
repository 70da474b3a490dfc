/** Which answers are put side by side, and that their order says nothing. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairsToJudge } from '../../../../../src/compare/judge/blind/pairs-to-judge';
import { shuffled } from '../../../../../src/compare/judge/blind/shuffled';
import { seededRandom } from '../../../../../src/platform/seeded-random';

function belowOf(seed: number): (limit: number) => number {
  const random = seededRandom(seed);
  return (limit) => Math.floor(random() * limit);
}

const answers = (...keys: string[]) => keys.map((modelKey, lane) => ({ modelKey, lane }));

it('every pair of different models comes once, whatever the draw', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }), fc.nat(), (keys, seed) => {
      const pairs = pairsToJudge(answers(...keys), () => 0, belowOf(seed));
      const found = pairs.map((pair) =>
        pair
          .map(({ lane }) => lane)
          .sort((a, b) => a - b)
          .join(),
      );
      const wanted = keys.flatMap((one, lane) =>
        keys.flatMap((other, place) => (place > lane && other !== one ? [`${lane},${place}`] : [])),
      );
      expect(found.sort()).toEqual(wanted.sort());
    }),
  );
});

it('models that were voted on least come first', () => {
  const votes: Readonly<Record<string, number>> = { 'a b': 5, 'a c': 0, 'b c': 2 };
  const over = (one: string, other: string): number => votes[[one, other].sort().join(' ')] ?? Number.NaN;
  const pairs = pairsToJudge(answers('a', 'b', 'c'), over, belowOf(1));
  expect(pairs.map(([left, right]) => over(left.modelKey, right.modelKey))).toEqual([0, 2, 5]);
});

it('either model stands on the left about half of the time', () => {
  let lefts = 0;
  const below = belowOf(4);
  for (let round = 0; round < 1000; round++) {
    const [pair] = pairsToJudge(answers('a', 'b'), () => 0, below);
    if (pair?.[0].modelKey === 'a') lefts++;
  }
  // Five standard deviations of a binomial count of 500.
  expect(Math.abs(lefts - 500)).toBeLessThan(80);
});

it('a shuffle keeps every thing and gives every order alike', () => {
  const counts = new Map<string, number>();
  const below = belowOf(9);
  for (let round = 0; round < 6000; round++) {
    const order = shuffled(['a', 'b', 'c'], below).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
