import { expect, it, vi } from 'vitest';
import { randomBelow } from '../../../src/platform/random-below';

it('is spread evenly below the limit', () => {
  const counts = new Array<number>(6).fill(0);
  for (let draw = 0; draw < 6000; draw++) {
    const value = randomBelow(6);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6000);
  // Six standard deviations of a binomial count of 1 000: one run in a hundred million is further off.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(175);
});

it('draws again what would favour small numbers', () => {
  const draws = [2 ** 32 - 1, 7];
  const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    if (array instanceof Uint32Array) array[0] = draws.shift() ?? 0;
    return array;
  });
  // Below 2³² there are whole threes but for the last number.
  expect(randomBelow(3)).toBe(1);
  expect(random).toHaveBeenCalledTimes(2);
  random.mockRestore();
});
