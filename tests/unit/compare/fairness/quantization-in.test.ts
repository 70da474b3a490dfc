import { expect, test } from 'vitest';
import { quantizationIn } from '../../../../src/compare/fairness/quantization-in';

test.each([
  ['SmolLM2-135M-Instruct.Q4_1', 'Q4_1'],
  ['qwen3-4b-q4_k_m.gguf', 'Q4_K_M'],
  ['Llama-3.2-1B-Instruct-q4f16_1-MLC', 'Q4F16_1'],
  ['bartowski/gemma-3-4b-it-IQ4_XS', 'IQ4_XS'],
  ['Qwen/Qwen3-8B-AWQ', 'AWQ'],
  ['model-BF16', 'BF16'],
  ['Qwen/Qwen3-8B', undefined],
  ['smollm2:latest', undefined],
])('%s → %s', (name, expected) => {
  expect(quantizationIn(name)).toBe(expected);
});
