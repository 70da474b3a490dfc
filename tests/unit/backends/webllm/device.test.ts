import { expect, it } from 'vitest';
import { needsF16, shortcomingOf } from '../../../../src/backends/webllm/device';
import type { LocalModel } from '../../../../src/core/local-model';

const mebibyte = 2 ** 20;
const model: LocalModel = { id: 'Tiny-q4f32_1-MLC', engine: 'webllm', label: 'Tiny', files: [] };

function adapter(limits: Partial<Record<string, number>> = {}, features: string[] = []) {
  return {
    features: new Set(features),
    limits: {
      maxBufferSize: 1024 * mebibyte,
      maxStorageBufferBindingSize: 1024 * mebibyte,
      maxComputeWorkgroupStorageSize: 32_768,
      maxStorageBuffersPerShaderStage: 10,
      ...limits,
    },
  };
}

it.each([
  [{ id: 'Qwen3-0.6B-q4f16_1-MLC' }, true],
  [{ id: 'SmolLM2-135M-Instruct-q0f16-MLC' }, true],
  [{ id: 'Qwen3-0.6B-q4f32_1-MLC' }, false],
  [{ id: 'mine', quantization: 'q4f16_1' }, true],
  [{ id: 'f16-lover-q4f32_1' }, false],
])('knows from %o whether it needs 16-bit floats', (build, isNeeded) => {
  expect(needsF16(build)).toBe(isNeeded);
});

it('finds nothing lacking where the limits are just met', () => {
  expect(shortcomingOf(adapter(), model)).toBeUndefined();
  const smaller = { maxBufferSize: 256 * mebibyte, maxStorageBufferBindingSize: 128 * mebibyte };
  expect(shortcomingOf(adapter(smaller), model)).toBeUndefined();
});

it.each([
  [{ maxStorageBuffersPerShaderStage: 8 }, /maxStorageBuffersPerShaderStage 8 instead of at least 10/],
  [{ maxComputeWorkgroupStorageSize: 16_384 }, /16384 instead of at least 32768/],
  [{ maxBufferSize: 255 * mebibyte }, /maxBufferSize 267386880 instead of at least 268435456/],
  [{ maxStorageBufferBindingSize: 1 }, /maxStorageBufferBindingSize 1 instead/],
])('names what is below the least, with the numbers: %o', (limits, words) => {
  const error = shortcomingOf(adapter(limits), model);
  expect(error?.code).toBe('unsupported-environment');
  expect(error?.message).toMatch(words);
});

it('asks for 16-bit floats only where the build needs them', () => {
  const half = { ...model, id: 'Tiny-q4f16_1-MLC' };
  expect(shortcomingOf(adapter(), half)?.message).toMatch(/shader-f16/);
  expect(shortcomingOf(adapter({}, ['shader-f16']), half)).toBeUndefined();
});
