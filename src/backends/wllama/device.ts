/** Which device to ask the engine for, and which one it really took. */
import type { RunsOn } from '../../core/backend';

/** llama.cpp's WebGPU shaders need 16-bit floats; an adapter in software is slower than the processor itself. */
export async function hasUsableGpu(): Promise<boolean> {
  const adapter = await (navigator as { gpu?: GpuEntry }).gpu?.requestAdapter();
  if (!adapter) return false;
  return !adapter.info?.isFallbackAdapter && adapter.features.has('shader-f16');
}

/** The part of WebGPU that we look at; TypeScript's worker library does not have it yet. */
interface GpuEntry {
  requestAdapter(): Promise<{
    readonly features: ReadonlySet<string>;
    readonly info?: { readonly isFallbackAdapter?: boolean };
  } | null>;
}

/**
 * llama.cpp falls back to the processor without a word to the caller; only its log names the buffer
 * that holds the weights: `load_tensors:          CPU model buffer size =     0.37 MiB`.
 */
export function readRunsOn(log: readonly string[]): RunsOn {
  const buffers = log.flatMap((line) => /load_tensors:\s+(\S+) model buffer size/.exec(line)?.[1] ?? []);
  return buffers.some((name) => !name.startsWith('CPU')) ? 'this-gpu' : 'this-cpu';
}
