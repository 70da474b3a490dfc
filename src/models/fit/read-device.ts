/** What this device and browser can do for a model, asked of the browser; nothing is guessed from its name. */

export interface GpuFacts {
  /** Vendor and architecture as far as the browser tells. */
  readonly description: string;
  /** Computed in software: works, but slower than the processor itself. */
  readonly isFallback: boolean;
  readonly maxBufferBytes: number;
  /** One weight matrix must fit into one binding. */
  readonly maxBindingBytes: number;
  readonly maxStorageBuffersPerStage: number;
  readonly maxWorkgroupStorageBytes: number;
  readonly hasF16: boolean;
  readonly hasSubgroups: boolean;
}

export interface DeviceFacts {
  /** Absent where the browser gives no adapter. */
  readonly gpu?: GpuFacts;
  readonly cores: number;
  /** Shared memory for threads: the page is cross-origin isolated. */
  readonly hasThreads: boolean;
  /**
   * Bytes, rounded by the browser to the nearest power of two and capped at 8 or 32 GB (W3C Device Memory), so a
   * device may have a little less or far more. Absent outside of Chromium.
   */
  readonly roundedMemoryBytes?: number;
}

export async function readDevice(): Promise<DeviceFacts> {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  const gpu = await readGpu();
  return {
    cores: navigator.hardwareConcurrency,
    hasThreads: globalThis.crossOriginIsolated,
    ...(deviceMemory !== undefined && { roundedMemoryBytes: deviceMemory * 1024 ** 3 }),
    ...(gpu && { gpu }),
  };
}

async function readGpu(): Promise<GpuFacts | undefined> {
  if (!('gpu' in navigator)) return undefined;
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  return adapter ? gpuFacts(adapter) : undefined;
}

function gpuFacts({ limits, features, info }: Pick<GPUAdapter, 'limits' | 'features' | 'info'>): GpuFacts {
  return {
    description:
      [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') || 'graphics card',
    // Software adapters do not always say so themselves.
    isFallback:
      info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${info.architecture} ${info.description}`),
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
    maxStorageBuffersPerStage: limits.maxStorageBuffersPerShaderStage,
    maxWorkgroupStorageBytes: limits.maxComputeWorkgroupStorageSize,
    hasF16: features.has('shader-f16'),
    hasSubgroups: features.has('subgroups'),
  };
}
