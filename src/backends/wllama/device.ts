/** Which device to ask the engine for, and which one it really took. */
import type { Device, RunsOn } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { isEmbeddingModel, type LocalModel } from '../../core/local-model';

/** @throws BackendError `unsupported-environment` where the graphics card is asked for and cannot be used */
export async function chooseDevice(model: LocalModel, asked: Device | undefined): Promise<Device> {
  // The graphics card is left to the model that answers.
  if (asked === 'cpu' || (asked === undefined && isEmbeddingModel(model))) return 'cpu';
  if (await hasUsableGpu()) return 'gpu';
  if (asked === undefined) return 'cpu';
  throw new BackendError(
    'unsupported-environment',
    'llama.cpp cannot use the graphics card here: it needs WebGPU with 16-bit floats.',
    { hint: 'Load the model on the processor instead.' },
  );
}

/** llama.cpp's WebGPU shaders need 16-bit floats; an adapter in software is slower than the processor itself. */
async function hasUsableGpu(): Promise<boolean> {
  if (!('gpu' in navigator)) return false;
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) return false;
  return !adapter.info.isFallbackAdapter && adapter.features.has('shader-f16');
}

/**
 * llama.cpp falls back to the processor without a word to the caller; only its log names the buffer
 * that holds the weights: `load_tensors:          CPU model buffer size =     0.37 MiB`.
 */
export function readRunsOn(log: readonly string[]): RunsOn {
  const buffers = log.flatMap((line) => /load_tensors:\s+(\S+) model buffer size/.exec(line)?.[1] ?? []);
  return buffers.some((name) => !name.startsWith('CPU')) ? 'this-gpu' : 'this-cpu';
}
