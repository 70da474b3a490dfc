import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOf } from '../../../../src/compare/figures/best-of';
import { type Figure, type FigureName, figureNames } from '../../../../src/compare/figures/figure';

function best(name: FigureName, ...figures: readonly (number | Figure | undefined)[]): number[] {
  const all = figures.map((figure) => (typeof figure === 'number' ? { value: figure } : figure));
  return [...bestOf(name, all)];
}

test('the highest rate, the shortest time, and no count', () => {
  expect(best('decode', 10, undefined, 30, 20)).toEqual([2]);
  expect(best('firstToken', 10, undefined, 30, 20)).toEqual([0]);
  expect(best('tokensOut', 10, 20)).toEqual([]);
});

test('none alone, none where all are alike, both where two share the lead', () => {
  expect(best('decode', 10, undefined)).toEqual([]);
  expect(best('decode', 10, 10)).toEqual([]);
  expect(best('decode', 10, 5, 10)).toEqual([0, 2]);
});

test('an estimate never wins, and nothing that was measured wins against one that would', () => {
  expect(best('decode', { value: 50, isEstimated: true }, 10, 20)).toEqual([]);
  expect(best('decode', { value: 5, isEstimated: true }, 10, 20)).toEqual([2]);
});

test('who wins is never behind anybody', () => {
  const figure = fc.option(fc.record({ value: fc.double({ min: 0, noNaN: true }) }), { nil: undefined });
  fc.assert(
    fc.property(fc.constantFrom(...figureNames), fc.array(figure, { maxLength: 12 }), (name, figures) => {
      const values = figures.flatMap((one) => one?.value ?? []);
      for (const place of bestOf(name, figures)) {
        const value = figures[place]?.value;
        expect([Math.min(...values), Math.max(...values)]).toContain(value);
      }
    }),
  );
});
