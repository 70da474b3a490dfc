import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKernel } from '../../../../src/documents/vectors/create-kernel';
import { plainKernel, PlainMemory } from '../../../../src/documents/vectors/plain-kernel';
import { bins, type VectorKernel } from '../../../../src/documents/vectors/vector-kernel';
import { seededRandom } from '../../../../src/platform/seeded-random';

const area = 65_536;

let wasm: VectorKernel;
let plain: VectorKernel;

beforeAll(async () => {
  wasm = await createKernel();
  plain = plainKernel(new PlainMemory());
});

/** The same bytes in both memories; then the same call; the memories must be the same again, and are returned once. */
function onBoth(
  prepare: (buffer: ArrayBuffer) => void,
  call: (kernel: VectorKernel) => unknown,
): ArrayBuffer {
  const results = [wasm, plain].map((kernel) => {
    new Uint8Array(kernel.memory.buffer).fill(0);
    prepare(kernel.memory.buffer);
    return call(kernel);
  });
  expect(results[0]).toEqual(results[1]);
  const [left, right] = [wasm, plain].map(({ memory }) => new Uint8Array(memory.buffer, 0, area));
  expect(Buffer.compare(left ?? new Uint8Array(), right ?? new Uint8Array())).toBe(0);
  return plain.memory.buffer;
}

describe('the kernel', () => {
  it('is WebAssembly here, and not its replacement', () => {
    expect(wasm.memory).toBeInstanceOf(WebAssembly.Memory);
  });

  it('scans as its replacement does, and as the sum of looked-up values says', () => {
    const [table, codes, factors, scores] = [0, 16_384, 40_000, 50_000];
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
        (seed, steps, groups, shift) => {
          const random = seededRandom(seed);
          const lookups = steps * 16;
          const rows = groups * 16;
          const offset = Math.floor(random() * 31 * lookups);
          const buffer = onBoth(
            (memory) => {
              const bytes = new Uint8Array(memory);
              const again = seededRandom(seed + 1);
              for (let place = 0; place < lookups * 16; place++) bytes[table + place] = again() * 32;
              for (let place = 0; place < rows * lookups * 0.5; place++) bytes[codes + place] = again() * 256;
              const all = new Int16Array(memory, factors, rows);
              for (let row = 0; row < rows; row++) all[row] = again() * 32_768;
            },
            ({ scan }) =>
              scan(codes, table, table + lookups * 16, factors, scores, scores + 2 * rows, offset, shift),
          );
          const bytes = new Uint8Array(buffer);
          const row = Math.floor(random() * rows);
          let sum = -offset;
          for (let lookup = 0; lookup < lookups; lookup++) {
            const group = Math.floor(row / 16) * 8 * lookups;
            const byte = bytes[codes + group + Math.floor(lookup / 2) * 16 + (row % 16)] ?? 0;
            sum += bytes[table + 16 * lookup + (lookup % 2 ? byte >> 4 : byte & 15)] ?? 0;
          }
          const factor = new Int16Array(buffer, factors, rows)[row] ?? 0;
          const estimate = Math.floor(((sum << shift) * factor) / 32_768 + 0.5);
          expect(new Int16Array(buffer, scores, rows)[row]).toBe(estimate);
        },
      ),
    );
  });

  it('counts scores into bins, and collects those between two', () => {
    const [scores, counts, rows] = [0, 8192, 16_384];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: bins.lowest, max: bins.highest }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: bins.lowest, max: bins.highest }),
        fc.integer({ min: bins.lowest, max: bins.highest }),
        fc.integer({ min: 0, max: 40 }),
        (values, one, other, room) => {
          const padded = [
            ...values,
            ...new Array<number>((16 - (values.length % 16)) % 16).fill(bins.lowest),
          ];
          const [least, below] = [Math.min(one, other), Math.max(one, other)];
          const end = scores + 2 * padded.length;
          const buffer = onBoth(
            (memory) => new Int16Array(memory, scores).set(padded),
            ({ histogram, collect }) => {
              histogram(scores, end, counts);
              return collect(scores, end, least, below, 7000, rows, rows + 4 * room);
            },
          );
          const expected = new Array<number>(bins.count).fill(0);
          for (const value of padded) {
            const bin = Math.floor((value - bins.lowest) / bins.width);
            expected[bin] = (expected[bin] ?? 0) + 1;
          }
          expect([...new Uint32Array(buffer, counts, bins.count)]).toEqual(expected);
          const found = padded.flatMap((score, place) =>
            score >= least && score < below ? [7000 + place] : [],
          );
          const written = found.slice(0, room);
          expect([...new Uint32Array(buffer, rows, written.length)]).toEqual(written);
          expect(new Uint32Array(buffer, rows + 4 * written.length, 1)[0]).toBe(0);
        },
      ),
    );
  });

  it('multiplies whole numbers of ten bits without losing any', () => {
    const [list, question, records, products] = [0, 1024, 20_000, 10_000];
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), fc.boolean(), (seed, steps, isExtreme) => {
        const dimensions = 64 * steps;
        const bytes = 1.25 * dimensions + 16;
        const count = 5;
        const random = seededRandom(seed);
        const draw = (most: number): number => (isExtreme ? most : Math.round((2 * random() - 1) * most));
        const asked = Array.from({ length: dimensions }, () => draw(2047));
        const values = Array.from({ length: count }, () =>
          Array.from({ length: dimensions }, () => draw(511)),
        );
        const buffer = onBoth(
          (memory) => {
            new Int16Array(memory, question).set(asked);
            for (const [row, vector] of values.entries()) {
              const address = records + row * bytes;
              new Uint32Array(memory, list)[row] = address;
              new Float32Array(memory, address + 1.25 * dimensions, 1)[0] = 0.37;
              for (const [place, value] of vector.entries()) {
                new Int8Array(memory, address)[place] = value >> 2;
                const lower = new Uint8Array(memory, address + dimensions);
                const four = Math.floor(place / 64) * 16 + (place % 16);
                lower[four] = (lower[four] ?? 0) | ((value & 3) << (2 * (Math.floor(place / 16) % 4)));
              }
            }
          },
          ({ products: multiply }) =>
            multiply(list, list + 4 * count, question, question + 2 * dimensions, products),
        );
        const found = new Float32Array(buffer, products, count);
        for (const [row, vector] of values.entries()) {
          const exact = vector.reduce((sum, value, place) => sum + value * (asked[place] ?? 0), 0);
          expect(found[row]).toBe(Math.fround(exact * Math.fround(0.37)));
        }
      }),
    );
  });
});
