/** Whether the graphics card can run a model, told before anything is loaded, with the numbers. */
import type { Device } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';

/** What is read of an adapter. */
export interface Adapter {
  readonly features: { has(name: string): boolean };
  readonly limits: Readonly<Record<LimitName, number>>;
}

type LimitName = keyof typeof leastLimits;

const mebibyte = 2 ** 20;

/**
 * What WebLLM asks of a device. Of the two buffer sizes it wants 1 GiB and takes these where there is less;
 * of the others it takes nothing less. A browser that offers only WebGPU's defaults has 8 storage buffers.
 */
const leastLimits = {
  maxBufferSize: 256 * mebibyte,
  maxStorageBufferBindingSize: 128 * mebibyte,
  maxComputeWorkgroupStorageSize: 32_768,
  maxStorageBuffersPerShaderStage: 10,
} as const;

let found: GPUAdapter | undefined;

/**
 * The one that WebLLM itself will take; undefined where the browser has none. One that was found is kept: this is
 * asked before every answer.
 */
export async function findAdapter(): Promise<GPUAdapter | undefined> {
  if (!('gpu' in navigator)) return undefined;
  found ??= (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined;
  return found;
}

/** @throws BackendError `unsupported-environment` where the model cannot run on what was asked for */
export async function chooseDevice(model: LocalModel, asked: Device | undefined): Promise<Device> {
  if (asked === 'cpu') {
    throw new BackendError('unsupported-environment', 'WebLLM cannot run a model on the processor.', {
      hint: 'Load it on the graphics card, or choose a model of another engine.',
    });
  }
  const adapter = await findAdapter();
  const shortcoming = adapter && shortcomingOf(adapter, model);
  if (shortcoming) throw shortcoming;
  return 'gpu';
}

/** Only some of the published records say so themselves; the name of the build always does. */
export function needsF16({ id, quantization = '' }: Pick<LocalModel, 'id' | 'quantization'>): boolean {
  return /q\d+f16/.test(`${quantization} ${id}`);
}

/** What the graphics card lacks for this model. */
export function shortcomingOf(adapter: Adapter, model: LocalModel): BackendError | undefined {
  if (needsF16(model) && !adapter.features.has('shader-f16')) {
    return new BackendError(
      'unsupported-environment',
      `${model.label} needs 16-bit floats on the graphics card (shader-f16), which this browser does not offer.`,
      { hint: 'Choose its build for 32-bit floats, with f32 in its name, or another model.' },
    );
  }
  const limits = Object.keys(leastLimits) as LimitName[];
  const lacking = limits.filter((name) => adapter.limits[name] < leastLimits[name]);
  if (lacking.length === 0) return undefined;
  const numbers = lacking.map(
    (name) => `${name} ${adapter.limits[name]} instead of at least ${leastLimits[name]}`,
  );
  return new BackendError(
    'unsupported-environment',
    `This graphics card, or this browser on it, offers less than WebLLM needs: ${numbers.join(', ')}.`,
    { hint: 'Try a current Chrome or Edge, or choose a model that runs on the processor.' },
  );
}
