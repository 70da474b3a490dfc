import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisTicks } from '../../../../src/compare/figures/axis-ticks';
import { charactersAt, linePath } from '../../../../src/compare/figures/line-path';

test('round steps that reach what is to be shown', () => {
  expect(axisTicks(9.3, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(axisTicks(1000, 4)).toEqual([0, 500, 1000]);
  expect(axisTicks(0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
});

test('whatever is to be shown lies on the axis, and the last step is needed', () => {
  const most = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(most, fc.integer({ min: 1, max: 10 }), (value, count) => {
      const ticks = axisTicks(value, count);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(value * (1 - 1e-6));
      expect(ticks.at(-2)).toBeLessThan(value);
      expect(ticks.length).toBeLessThanOrEqual(count + 2);
      expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
    }),
  );
});

test('a line starts at the floor where the first text arrives, and ends where the last one did', () => {
  const frame = { width: 100, height: 50, ms: 1000, characters: 20 };
  expect(
    linePath(
      [
        [200, 4],
        [600, 10],
        [1000, 20],
      ],
      frame,
    ),
  ).toBe('M20.0 50V40.0L60.0 25.0L100.0 0.0');
  expect(linePath([], frame)).toBe('');
});

test('characters at a moment are those that had arrived by then', () => {
  const points = [
    [200, 4],
    [600, 10],
  ] as const;
  expect([0, 199, 200, 599, 600, 9999].map((ms) => charactersAt(points, ms))).toEqual([0, 0, 4, 4, 10, 10]);
});
