/** How much memory a loaded model takes: weights, the cache of the conversation, and room to compute. */
import type { Device } from '../../core/backend';
import { type LocalEngine, type ModelShape, usualContextLength } from '../../core/local-model';

export interface ModelNeed {
  readonly engine: LocalEngine;
  /** All files; the weights are nearly all of it. */
  readonly bytes: number;
  /** Absent where nobody knows it, and for embedding models, which keep no cache. */
  readonly shape?: ModelShape;
  readonly isEmbedding: boolean;
  /** Tokens. */
  readonly contextLength: number;
}

export interface MemoryNeed {
  readonly weightBytes: number;
  /** Keys and values of every token in the context window. */
  readonly cacheBytes: number;
  readonly scratchBytes: number;
  /** The weights once more, outside of the engine's own memory, until each is in its place. */
  readonly loaderBytes: number;
  readonly totalBytes: number;
  /** The cache was guessed, because nobody told the model's shape. */
  readonly isEstimated: boolean;
}

/**
 * Bytes of one cached number. llama.cpp and WebLLM keep the cache as f16 (`-ctk`, default f16; the q4f16 and
 * q0f16 builds), ONNX Runtime as f32 unless the graph is f16.
 */
const cacheElementBytes: Readonly<Record<LocalEngine, number>> = { wllama: 2, webllm: 2, transformers: 4 };

/**
 * Bytes beside weights and cache. wllama on the processor: measured in Chromium with llama.cpp b11364, for models of
 * 98, 975 and 2 435 MB. On a graphics card: work space, as WebLLM's own list of models has it.
 */
const onGraphicsCard = (weights: number): number => 250e6 + 0.05 * weights;
const scratchBytes: Readonly<Record<LocalEngine, Readonly<Record<Device, (weights: number) => number>>>> = {
  wllama: { cpu: () => 165e6, gpu: onGraphicsCard },
  transformers: { cpu: () => 150e6, gpu: onGraphicsCard },
  webllm: { cpu: onGraphicsCard, gpu: onGraphicsCard },
};

/**
 * Numbers that one token adds to the cache where the shape is unknown. Models from 0.5 to 9 B keep 12 000 to
 * 98 000, hardly more with their size; the smallest keep no more than the share of their weights below.
 */
const usualNumbersPerToken = 60_000;
const mostCacheShare = 1.5;

/** @param place on a graphics card what the loader holds meanwhile is elsewhere */
export function memoryNeed(
  { engine, bytes, shape, isEmbedding, contextLength }: ModelNeed,
  place: Device,
): MemoryNeed {
  const scratch = scratchBytes[engine][place](bytes);
  const cache = isEmbedding ? 0 : cacheBytes(shape, contextLength, cacheElementBytes[engine], bytes);
  const loader = place === 'cpu' ? bytes : 0;
  return {
    weightBytes: bytes,
    cacheBytes: cache,
    scratchBytes: scratch,
    loaderBytes: loader,
    totalBytes: bytes + cache + scratch + loader,
    isEstimated: !isEmbedding && shape === undefined,
  };
}

/** Two (keys and values) × layers × key-value heads × head size × tokens × bytes of one number. */
function cacheBytes(
  shape: ModelShape | undefined,
  tokens: number,
  elementBytes: number,
  weights: number,
): number {
  if (shape) return 2 * shape.layers * shape.keyValueHeads * shape.headSize * tokens * elementBytes;
  const most = mostCacheShare * weights * (tokens / usualContextLength);
  return Math.min(most, usualNumbersPerToken * tokens * elementBytes);
}
