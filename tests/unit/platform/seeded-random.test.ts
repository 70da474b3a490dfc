import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/platform/seeded-random';

it('one seed, one sequence', () => {
  const [one, same, other] = [seededRandom(42), seededRandom(42), seededRandom(43)];
  const draw = (random: () => number) => Array.from({ length: 5 }, random);
  const sequence = draw(one);
  expect(draw(same)).toEqual(sequence);
  expect(draw(other)).not.toEqual(sequence);
});

it('is spread evenly from 0 to 1', () => {
  const random = seededRandom(7);
  const bins = new Array<number>(10).fill(0);
  for (let count = 0; count < 10_000; count++) {
    const bin = Math.floor(random() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  // Five standard deviations of a binomial count of 1 000.
  for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
