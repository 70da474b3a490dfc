/** Where a model is to run: always said to the library, whose own choices differ from release to release. */
import type { Device } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { isEmbeddingModel, type LocalModel, modelBytes } from '../../core/local-model';

/** Bytes. Below this the way to the graphics card and back costs more than it saves. */
const smallestForGpu = 150e6;

/** @throws BackendError `unsupported-environment` where what was asked for cannot be had */
export async function chooseDevice(model: LocalModel, asked: Device | undefined): Promise<Device> {
  if (asked === 'cpu') {
    if (!needsF16(model)) return 'cpu';
    throw noF16(model, 'the processor', 'Choose its build q8 or q4.');
  }
  const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;
  const hasF16 = adapter?.features.has('shader-f16') ?? false;
  if (needsF16(model)) {
    // The library checks only one of the 16-bit kinds; the others would give nonsense.
    if (!hasF16) throw noF16(model, 'this graphics card', 'Choose its build q8 or q4.');
    return 'gpu';
  }
  // The graphics card is left to the model that answers.
  if (asked === undefined && isEmbeddingModel(model)) return 'cpu';
  if (asked === 'gpu') {
    if (adapter) return 'gpu';
    throw new BackendError(
      'unsupported-environment',
      'This browser offers no graphics card to pages (WebGPU).',
      {
        hint: 'Load the model on the processor instead.',
      },
    );
  }
  const isWorthIt =
    adapter !== null && !adapter.info.isFallbackAdapter && modelBytes(model) >= smallestForGpu;
  // 8-bit graphs are made for processors; on a graphics card their steps fall back one by one.
  return isWorthIt && hasF16 && model.quantization !== 'q8' ? 'gpu' : 'cpu';
}

function needsF16({ quantization = '' }: LocalModel): boolean {
  return /f(p)?16/.test(quantization);
}

function noF16({ label }: LocalModel, place: string, hint: string): BackendError {
  return new BackendError(
    'unsupported-environment',
    `${label} computes with 16-bit floats, which ${place} does not offer.`,
    { hint },
  );
}
