/** Where an engine runs a model if nobody asks for a place, by the rules of the engines' own `chooseDevice`. */
import type { Device } from '../../core/backend';
import type { LocalEngine } from '../../core/local-model';
import type { GpuFacts } from './read-device';

export interface Placed {
  readonly engine: LocalEngine;
  readonly bytes: number;
  /** Its shaders need 16-bit floats. */
  readonly needsF16?: boolean;
  readonly quantization?: string;
}

/** Bytes. Transformers.js leaves smaller graphs on the processor. */
const smallestForGpu = 150e6;

export function placeOf(model: Placed, gpu: GpuFacts | undefined): Device {
  const { engine, bytes, needsF16, quantization } = model;
  if (engine === 'webllm' || needsF16) return 'gpu';
  if (!gpu || gpu.isFallback || !gpu.hasF16) return 'cpu';
  if (engine === 'wllama') return 'gpu';
  return bytes >= smallestForGpu && quantization !== 'q8' ? 'gpu' : 'cpu';
}
