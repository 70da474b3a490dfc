import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanFigures } from '../../../../src/compare/figures/mean-figures';

test('each figure over the answers that have it', () => {
  expect(
    meanFigures([
      { decode: { value: 10, engine: 12 }, firstToken: { value: 100 } },
      { decode: { value: 20, engine: 26 } },
    ]),
  ).toEqual({ decode: { value: 15, engine: 19, count: 2 }, firstToken: { value: 100, count: 1 } });
});

test('one estimate makes the mean one, and half the engines’ word is no word', () => {
  expect(
    meanFigures([{ decode: { value: 10, isEstimated: true } }, { decode: { value: 20, engine: 30 } }]).decode,
  ).toEqual({ value: 15, count: 2, isEstimated: true });
  expect(meanFigures([])).toEqual({});
});

test('a mean lies between the least and the most', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, (all) => {
      const mean = meanFigures(all.map((value) => ({ total: { value } }))).total?.value ?? NaN;
      expect(mean).toBeGreaterThanOrEqual(Math.min(...all) * (1 - 1e-9));
      expect(mean).toBeLessThanOrEqual(Math.max(...all) * (1 + 1e-9));
    }),
  );
});
