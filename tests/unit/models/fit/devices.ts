/** Devices and questions to judge: usual ones to vary, and arbitrary ones. */
import fc from 'fast-check';
import { localEngines } from '../../../../src/core/local-model';
import type { FitHistory } from '../../../../src/models/fit/fit-history';
import type { FitQuestion } from '../../../../src/models/fit/fit-question';
import type { DeviceFacts, GpuFacts } from '../../../../src/models/fit/read-device';

export const gigabyte = 1e9;
const gibibyte = 1024 ** 3;

/** A graphics card on which everything works. */
export function gpu(change: Partial<GpuFacts> = {}): GpuFacts {
  return {
    description: 'acme',
    isFallback: false,
    maxBufferBytes: 4 * gibibyte,
    maxBindingBytes: 4 * gibibyte,
    maxStorageBuffersPerStage: 16,
    maxWorkgroupStorageBytes: 65_536,
    hasF16: true,
    hasSubgroups: true,
    ...change,
  };
}

export function device(change: Partial<DeviceFacts> = {}): DeviceFacts {
  return { cores: 8, hasThreads: true, ...change };
}

/** @param reported gigabytes, as `navigator.deviceMemory` has them */
export function deviceWith(reported: number, change: Partial<DeviceFacts> = {}): DeviceFacts {
  return device({ roundedMemoryBytes: reported * gibibyte, ...change });
}

/** No cache, so that the need is the weights and a fixed rest. */
export function question(change: Partial<FitQuestion> = {}): FitQuestion {
  return { engine: 'wllama', bytes: gigabyte, isEmbedding: true, contextLength: 4096, ...change };
}

const anyGpu: fc.Arbitrary<GpuFacts> = fc.record({
  description: fc.constant('acme'),
  isFallback: fc.boolean(),
  maxBufferBytes: fc.integer({ min: 2 ** 28, max: 2 ** 33 }),
  maxBindingBytes: fc.integer({ min: 2 ** 27, max: 2 ** 33 }),
  maxStorageBuffersPerStage: fc.integer({ min: 8, max: 16 }),
  maxWorkgroupStorageBytes: fc.constantFrom(16_384, 32_768, 65_536),
  hasF16: fc.boolean(),
  hasSubgroups: fc.boolean(),
});

export const anyDevice: fc.Arbitrary<DeviceFacts> = fc.record(
  {
    gpu: anyGpu,
    cores: fc.integer({ min: 1, max: 64 }),
    hasThreads: fc.boolean(),
    roundedMemoryBytes: fc.constantFrom(0.25, 0.5, 1, 2, 4, 8, 16, 32).map((size) => size * gibibyte),
  },
  { requiredKeys: ['cores', 'hasThreads'] },
);

export const anyQuestion: fc.Arbitrary<FitQuestion> = fc.record(
  {
    engine: fc.constantFrom(...localEngines),
    bytes: fc.integer({ min: 1e5, max: 2e10 }),
    isEmbedding: fc.boolean(),
    contextLength: fc.integer({ min: 16, max: 131_072 }),
    shape: fc.record({
      layers: fc.integer({ min: 1, max: 64 }),
      keyValueHeads: fc.integer({ min: 1, max: 32 }),
      headSize: fc.constantFrom(64, 96, 128, 256),
    }),
    needsF16: fc.boolean(),
    quantization: fc.constantFrom('q4', 'q8', 'q4f16', 'Q4_K_M'),
  },
  { requiredKeys: ['engine', 'bytes', 'isEmbedding', 'contextLength'] },
);

const anyBytes = fc.integer({ min: 1e5, max: 4e10 });

export const anyHistory: fc.Arbitrary<FitHistory> = fc.dictionary(
  fc.tuple(fc.constantFrom(...localEngines), fc.constantFrom('gpu', 'cpu')).map((names) => names.join(' ')),
  fc.record({ largestThatRan: anyBytes, smallestThatFailed: anyBytes }, { requiredKeys: [] }),
);
