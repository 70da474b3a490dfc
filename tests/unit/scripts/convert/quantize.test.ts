/** Floats to few bits: how far the results are off, and what is kept exactly. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halvesFromNeighbours, ropeTables } from '../../../../scripts/models/convert/rope.mjs';
import { quantizeNibbles } from '../../../../scripts/models/convert/quantize-nibbles.mjs';
import { quantizeRows } from '../../../../scripts/models/convert/quantize-rows.mjs';

const value = fc.float({ min: -8, max: 8, noNaN: true });
const floats = (count: number) => fc.array(value, { minLength: count, maxLength: count });

function nibbles(values: readonly number[]): number[] {
  const { integers, scales, offsets } = quantizeNibbles(new Float32Array(values));
  return values.map((_, index) => {
    const integer = ((integers[index >> 1] ?? 0) >> (index % 2 ? 4 : 0)) & 15;
    return (integer - 8) * (scales[index >> 5] ?? 0) + (offsets[index >> 5] ?? 0);
  });
}

test('a row in 8 bits is off by half a step of its own scale at most', () => {
  fc.assert(
    fc.property(floats(24), (values) => {
      const { integers, scales } = quantizeRows(new Float32Array(values), 3);
      values.forEach((exact, index) => {
        const scale = scales[Math.floor(index / 8)] ?? 0;
        expect(Math.abs((integers[index] ?? 0) * scale - exact)).toBeLessThanOrEqual(scale * 0.501);
      });
    }),
  );
});

test('a block in 4 bits is off by half a step of its range at most', () => {
  fc.assert(
    fc.property(floats(64), (values) => {
      const read = nibbles(values);
      const error = (from: number) =>
        values
          .slice(from, from + 32)
          .reduce((sum, exact, at) => sum + (exact - (read[from + at] ?? 0)) ** 2, 0);
      const bound = (from: number) => {
        const block = values.slice(from, from + 32);
        return 32 * ((Math.max(...block) - Math.min(...block)) / 30) ** 2;
      };
      for (const from of [0, 32]) expect(error(from)).toBeLessThanOrEqual(bound(from) * 1.001 + 1e-9);
    }),
  );
});

test.for([
  ['Q4_1: a least value and sixteen steps', (step: number) => 0.25 * step - 1.125],
  ['Q4_0: eight steps below zero, seven above', (step: number) => 0.25 * (step - 8)],
])('%s lose nothing', ([, valueOf]) => {
  const steps = Array.from({ length: 32 }, (_, index) => (index * 7) % 16);
  const values = steps.map((step) => (valueOf as (step: number) => number)(step));
  expect(nibbles(values)).toEqual(values);
});

test('rows return to the order that Llama has', () => {
  // Two heads of four rows of one value; llama.cpp keeps row i of the first half beside row i of the second.
  const stored = new Float32Array([0, 2, 1, 3, 10, 12, 11, 13]);
  expect([...halvesFromNeighbours(stored, 2, 4)]).toEqual([0, 1, 2, 3, 10, 11, 12, 13]);
});

test('angles: position × base^(−2i/d), divided by the factors of a long context', () => {
  const { cosines, sines } = ropeTables({ contextLength: 3, headSize: 4, ropeBase: 10_000 });
  const expected = [1, 1, Math.cos(1), Math.cos(0.01), Math.cos(2), Math.cos(0.02)];
  expected.forEach((cosine, index) => expect(cosines[index]).toBeCloseTo(cosine, 6));
  expect(sines[5]).toBeCloseTo(Math.sin(0.02), 6);
  const slow = ropeTables({ contextLength: 3, headSize: 4, ropeBase: 10_000 }, new Float32Array([1, 8]));
  expect(slow.sines[4]).toBe(sines[4]);
  expect(slow.sines[5]).toBeCloseTo(Math.sin(0.02 / 8), 6);
});
