import { expect, test } from 'vitest';
import { sameModelSets } from '../../../../src/compare/sets/same-model-sets';

const model = (backendId: string, modelId: string, label = modelId) => ({ backendId, modelId, label });

test('finds the same weights under the names that engines and servers give them', () => {
  const sets = sameModelSets([
    model('wllama', 'SmolLM2-135M-Instruct.Q4_1', 'SmolLM2 135M Instruct'),
    model('transformers', 'HuggingFaceTB/SmolLM2-135M-Instruct'),
    model('webllm', 'SmolLM2-135M-Instruct-q4f16_1'),
    model('ollama', 'smollm2:135m'),
    model('llamacpp', 'SmolLM2-135M-Instruct.Q4_1.gguf'),
    model('vllm', 'Qwen/Qwen3-4B'),
  ]);
  expect(sets.map(({ models }) => models.map(({ backendId }) => backendId))).toEqual([
    ['wllama', 'transformers', 'webllm', 'ollama', 'llamacpp'],
  ]);
});

test('two sizes, two families, or two builds on one backend are not the same model twice', () => {
  expect(
    sameModelSets([
      model('ollama', 'qwen3:4b'),
      model('vllm', 'Qwen/Qwen3-8B'),
      model('wllama', 'gemma-3-4b-it.Q8_0'),
      model('wllama', 'gemma-3-4b-it.Q4_K_M'),
    ]),
  ).toEqual([]);
});

test('without a size nothing is known to be the same', () => {
  expect(sameModelSets([model('ollama', 'mistral:latest'), model('vllm', 'mistral')])).toEqual([]);
});
