import { expect, test } from 'vitest';
import { loadOptions } from '../../../../src/backends/wllama/load-options';
import type { LocalModel } from '../../../../src/core/local-model';
import { contextToHold, fitQuestion } from '../../../../src/models/fit/fit-question';

const shape = { layers: 2, keyValueHeads: 2, headSize: 64 };

function model(change: Partial<LocalModel> = {}): LocalModel {
  const files = [
    { path: 'a', sources: [], bytes: 10 },
    { path: 'b', sources: [], bytes: 5 },
  ];
  return { id: 'm', engine: 'transformers', label: 'M', files, ...change };
}

test('all files count', () => {
  expect(fitQuestion(model(), undefined).bytes).toBe(15);
});

test('the usual context, and no more than the model was trained for', () => {
  expect(contextToHold('transformers', undefined, undefined)).toBe(4096);
  expect(contextToHold('webllm', undefined, 2048)).toBe(2048);
  expect(contextToHold('webllm', 16_384, 131_072)).toBe(16_384);
  expect(fitQuestion(model({ contextLength: 1024 }), 8192).contextLength).toBe(1024);
});

test.for([undefined, 1024, 8192])('wllama holds what its own options take for a context of %s', (wanted) => {
  const small = model({ engine: 'wllama', contextLength: 2048 });
  const { contextLength } = loadOptions(small, { contextLength: wanted }, 'cpu');
  expect(fitQuestion(small, wanted).contextLength).toBe(contextLength);
});

test.for([
  ['transformers', 'q4f16', true],
  ['transformers', 'fp16', true],
  ['transformers', 'q4', false],
  ['webllm', 'q4f16_1', true],
  ['webllm', 'q4f32_1', false],
  ['wllama', 'F16', false],
  ['wllama', 'f16', false],
] as const)('%s %s: 16-bit shaders %s', ([engine, quantization, needsF16]) => {
  expect(fitQuestion(model({ engine, quantization }), undefined).needsF16).toBe(needsF16);
});

test('a shape from elsewhere helps a model that does not tell its own', () => {
  const other = { ...shape, layers: 9 };
  expect(fitQuestion(model(), undefined, shape).shape).toEqual(shape);
  expect(fitQuestion(model({ shape }), undefined, other).shape).toEqual(shape);
});
