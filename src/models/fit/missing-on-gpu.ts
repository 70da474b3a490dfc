/** What a graphics card lacks for a model, by the limits that its adapter tells. */
import type { FitQuestion } from './fit-question';
import type { GpuFacts } from './read-device';
import { gigabytes } from './say-need';

/** WebLLM's kernels bind so many buffers at once; WebGPU promises only eight. */
const webLlmBindings = 10;
const webLlmWorkgroupBytes = 32_768;
/** Embeddings and output layers are the largest single matrix, about a fifth of a small model. */
const largestMatrixShare = 1 / 5;

/** @returns one sentence for people, or nothing where it lacks nothing */
export function missingOnGpu(
  { engine, needsF16, bytes }: FitQuestion,
  gpu: GpuFacts | undefined,
): string | undefined {
  if (!gpu) return 'It needs WebGPU, which this browser does not offer on this device.';
  if (needsF16 && !gpu.hasF16) {
    const other = engine === 'webllm' ? 'a build with f32' : 'q8 or q4';
    return `It computes with 16-bit floats, which this graphics card does not offer. Choose ${other}.`;
  }
  if (gpu.isFallback) {
    return 'This browser computes graphics in software, which is far too slow for a model.';
  }
  if (engine !== 'webllm') return undefined;
  if (gpu.maxStorageBuffersPerStage < webLlmBindings) {
    return `WebLLM binds ${webLlmBindings} buffers at once; this graphics card allows ${gpu.maxStorageBuffersPerStage}.`;
  }
  if (gpu.maxWorkgroupStorageBytes < webLlmWorkgroupBytes) {
    return `WebLLM needs ${webLlmWorkgroupBytes} bytes of shared shader memory; this graphics card has ${gpu.maxWorkgroupStorageBytes}.`;
  }
  const largest = bytes * largestMatrixShare;
  const most = Math.min(gpu.maxBufferBytes, gpu.maxBindingBytes);
  return largest > most
    ? `Its largest matrix needs about ${gigabytes(largest)} at once; this graphics card takes ${gigabytes(most)}.`
    : undefined;
}
