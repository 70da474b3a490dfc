/** The rules are the engines' own: this holds both against each other. */
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { chooseDevice as chooseForTransformers } from '../../../../src/backends/transformers/device';
import { chooseDevice as chooseForWllama } from '../../../../src/backends/wllama/device';
import type { LocalModel } from '../../../../src/core/local-model';
import { fitQuestion } from '../../../../src/models/fit/fit-question';
import { placeOf } from '../../../../src/models/fit/place-of';
import { type GpuFacts } from '../../../../src/models/fit/read-device';
import { gpu } from './devices';

const choices = { wllama: chooseForWllama, transformers: chooseForTransformers };

const anyModel: fc.Arbitrary<LocalModel> = fc
  .record({
    engine: fc.constantFrom('wllama' as const, 'transformers' as const),
    bytes: fc.constantFrom(1e6, 149e6, 150e6, 3e9),
    quantization: fc.constantFrom('q4', 'q8', 'q4f16', 'fp16', 'fp32', 'Q4_K_M', 'F16'),
  })
  .map(({ engine, bytes, quantization }) => ({
    id: 'm',
    label: 'M',
    engine,
    quantization,
    files: [{ path: 'weights', sources: [], bytes }],
  }));

const anyGpu = fc.option(
  fc.record({ isFallback: fc.boolean(), hasF16: fc.boolean() }).map((facts) => gpu(facts)),
  { nil: undefined },
);

function offer(facts: GpuFacts | undefined): void {
  const adapter = facts && {
    info: { isFallbackAdapter: facts.isFallback },
    features: new Set(facts.hasF16 ? ['shader-f16'] : []),
  };
  vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(adapter ?? null) } });
}

afterEach(() => vi.unstubAllGlobals());

test('the place is the one that the engine chooses, wherever it can run at all', async () => {
  await fc.assert(
    fc.asyncProperty(anyModel, anyGpu, async (model, facts) => {
      offer(facts);
      const choose = model.engine === 'wllama' ? choices.wllama : choices.transformers;
      const chosen = await choose(model, undefined).catch(() => undefined);
      fc.pre(chosen !== undefined);
      expect(placeOf(fitQuestion(model, undefined), facts)).toBe(chosen);
    }),
    { numRuns: 300 },
  );
});

test('WebLLM knows one place only', () => {
  expect(placeOf({ engine: 'webllm', bytes: 1e6 }, undefined)).toBe('gpu');
});
