/** Whether this device can run a model, with the reason: limits of the adapter, memory, and what was measured here. */
import type { Device } from '../../core/backend';
import { type FitHistory, historyKey } from './fit-history';
import { memoryNeed, type MemoryNeed, type ModelNeed } from './memory-need';
import type { DeviceFacts, GpuFacts } from './read-device';

export type FitVerdict = 'fits' | 'tight' | 'will-not' | 'unknown';

export interface Fit {
  readonly verdict: FitVerdict;
  /** One or two sentences for people. */
  readonly reason: string;
  /** Where it would run. */
  readonly device: Device;
}

export interface FitQuestion extends ModelNeed {
  /** Its shaders need 16-bit floats. */
  readonly needsF16?: boolean;
}

/**
 * Bytes that one WebAssembly memory can hold: 4 GB with 32-bit addresses (ONNX Runtime Web), 16 GB with 64-bit
 * ones in Chromium and Firefox (wllama).
 */
const mostWasmBytes = { transformers: 4 * 1024 ** 3, wllama: 16 * 1024 ** 3 } as const;
/** WebLLM's kernels bind so many buffers at once; WebGPU promises only eight. */
const webLlmBindings = 10;
const webLlmWorkgroupBytes = 32_768;
/** Without any measurement, loads up to this size have worked on every device of the last ten years. */
const surelyFits = 1e9;

export function judgeFit(question: FitQuestion, device: DeviceFacts, history: FitHistory): Fit {
  const need = memoryNeed(question);
  const runsOn: Device = question.engine === 'webllm' || isUsable(device.gpu) ? 'gpu' : 'cpu';
  const fit = (verdict: FitVerdict, reason: string): Fit => ({ verdict, reason, device: runsOn });

  const missing = runsOn === 'gpu' ? missingOnGpu(question, device.gpu) : undefined;
  if (missing) return fit('will-not', missing);
  if (question.engine !== 'webllm' && runsOn === 'cpu') {
    const most = mostWasmBytes[question.engine];
    if (need.totalBytes > most) {
      return fit(
        'will-not',
        `It needs ${sayNeed(need)}; this engine can hold ${gigabytes(most)} on the processor.`,
      );
    }
  }

  const measured = history[historyKey(question.engine, runsOn)];
  if (measured?.largestThatRan !== undefined && need.totalBytes <= measured.largestThatRan) {
    return fit('fits', `It needs ${sayNeed(need)}, and a model as large as this has run here before.`);
  }
  if (measured?.smallestThatFailed !== undefined && need.totalBytes >= measured.smallestThatFailed) {
    const failed = gigabytes(measured.smallestThatFailed);
    return fit('will-not', `It needs ${sayNeed(need)}; ${failed} was too much for this device before.`);
  }
  return judgeByMemory(need, device, fit);
}

/** Browsers tell no size of memory, or only a lower bound of it; so this says what is known and no more. */
function judgeByMemory(
  need: MemoryNeed,
  { leastMemoryBytes }: DeviceFacts,
  fit: (verdict: FitVerdict, reason: string) => Fit,
): Fit {
  const needs = `It needs ${sayNeed(need)}`;
  if (need.totalBytes <= surelyFits) return fit('fits', `${needs}, which current devices have to spare.`);
  if (leastMemoryBytes === undefined) {
    return fit(
      'unknown',
      `${needs}. This browser does not tell how much there is; nothing as large was tried here yet.`,
    );
  }
  const has = `this device has ${gigabytes(leastMemoryBytes)} or more`;
  if (need.totalBytes <= leastMemoryBytes * 0.5) return fit('fits', `${needs}; ${has}.`);
  if (need.totalBytes <= leastMemoryBytes * 0.85) {
    return fit('tight', `${needs}; ${has}. Close other tabs, or choose a shorter context.`);
  }
  // The bound is capped by the browser, so a larger need is no proof.
  return fit('unknown', `${needs}; ${has}, and the browser does not tell how much more. It may not work.`);
}

function isUsable(gpu: GpuFacts | undefined): boolean {
  return gpu !== undefined && !gpu.isFallback && gpu.hasF16;
}

function missingOnGpu(
  { engine, needsF16, bytes }: FitQuestion,
  gpu: GpuFacts | undefined,
): string | undefined {
  if (!gpu) return 'It needs WebGPU, which this browser does not offer on this device.';
  if (needsF16 && !gpu.hasF16) {
    return 'It computes with 16-bit floats, which this graphics card does not offer. Choose a build with f32.';
  }
  if (engine !== 'webllm') return undefined;
  if (gpu.isFallback) return 'This browser computes graphics in software, which is far too slow for a model.';
  if (gpu.maxStorageBuffersPerStage < webLlmBindings) {
    return `WebLLM binds ${webLlmBindings} buffers at once; this graphics card allows ${gpu.maxStorageBuffersPerStage}.`;
  }
  if (gpu.maxWorkgroupStorageBytes < webLlmWorkgroupBytes) {
    return `WebLLM needs ${webLlmWorkgroupBytes} bytes of shared shader memory; this graphics card has ${gpu.maxWorkgroupStorageBytes}.`;
  }
  // Embeddings and output layers are the largest single matrix, about a fifth of a small model.
  const largest = bytes / 5;
  const most = Math.min(gpu.maxBufferBytes, gpu.maxBindingBytes);
  return largest > most
    ? `Its largest matrix needs about ${gigabytes(largest)} at once; this graphics card takes ${gigabytes(most)}.`
    : undefined;
}

function sayNeed({ totalBytes, cacheBytes, isEstimated }: MemoryNeed): string {
  const about = isEstimated ? 'about ' : '';
  return `${about}${gigabytes(totalBytes)} of memory${cacheBytes > 0 ? ` (${gigabytes(cacheBytes)} of it for the conversation)` : ''}`;
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
