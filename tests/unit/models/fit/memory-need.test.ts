import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue } from '../../../../src/models/catalogue/catalogue';
import { memoryNeed } from '../../../../src/models/fit/memory-need';
import { anyQuestion, question } from './devices';

test('the cache is two numbers per layer, head, dimension and token', () => {
  // SmolLM2 135M: llama.cpp reports 90.00 MiB of K and V in f16 for 4 096 tokens.
  const shape = { layers: 30, keyValueHeads: 3, headSize: 64 };
  const need = memoryNeed(question({ isEmbedding: false, shape, contextLength: 4096 }), 'cpu');
  expect(need.cacheBytes).toBe(90 * 1024 ** 2);
  expect(need.isEstimated).toBe(false);
});

test('ONNX Runtime keeps it in twice the bytes', () => {
  const shape = { layers: 30, keyValueHeads: 3, headSize: 64 };
  const asked = question({ isEmbedding: false, shape });
  const inHalf = memoryNeed(asked, 'cpu').cacheBytes;
  expect(memoryNeed({ ...asked, engine: 'transformers' }, 'cpu').cacheBytes).toBe(2 * inHalf);
});

test.for([
  ['the starter model', 98_362_432, 94_371_840, 450_956_371],
  ['a model of 975 MB', 975_331_328, 4_194_304, 2_118_163_898],
  ['a model of 2.4 GB', 2_435_152_160, 10_485_760, 5_044_448_436],
] as const)('wllama: %s takes what was measured, give or take a fiftieth', ([, bytes, cache, measured]) => {
  const { totalBytes } = memoryNeed(question({ bytes }), 'cpu');
  expect(Math.abs((totalBytes + cache) / measured - 1)).toBeLessThan(0.02);
});

test('an embedding model keeps no cache', () => {
  expect(memoryNeed(question(), 'cpu')).toMatchObject({ cacheBytes: 0, isEstimated: false });
});

test('the total is the sum, and at least the weights', () => {
  fc.assert(
    fc.property(anyQuestion, fc.constantFrom('gpu' as const, 'cpu' as const), (asked, place) => {
      const { weightBytes, cacheBytes, scratchBytes, loaderBytes, totalBytes } = memoryNeed(asked, place);
      expect(totalBytes).toBe(weightBytes + cacheBytes + scratchBytes + loaderBytes);
      expect(weightBytes).toBe(asked.bytes);
      expect(Math.min(cacheBytes, scratchBytes)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('the guess for a model of unknown shape is near the truth for the catalogue, whose shapes are known', () => {
  const ratios = catalogue.flatMap(({ shape, builds }) =>
    builds
      .filter(() => shape !== undefined)
      .map(({ engine, bytes }) => {
        const asked = question({ engine, bytes, isEmbedding: false });
        return memoryNeed(asked, 'cpu').totalBytes / memoryNeed({ ...asked, shape }, 'cpu').totalBytes;
      }),
  );
  expect(ratios.length).toBeGreaterThan(50);
  const near = ratios.filter((ratio) => ratio > 0.75 && ratio < 1.5);
  expect(near.length / ratios.length).toBeGreaterThan(0.9);
});
