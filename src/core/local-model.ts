/** A model that runs in this page: its files, where each can be had, and what is known of it. Plain data. */
import type { Capability } from './backend';
import type { Params } from './params';

export const localEngines = ['wllama', 'transformers', 'webllm'] as const;
/** Also the backend id and the kind of its connection. */
export type LocalEngine = (typeof localEngines)[number];

export function isLocalEngine(kind: string): kind is LocalEngine {
  return (localEngines as readonly string[]).includes(kind);
}

export interface ModelFile {
  /** Relative path with `/`, unique within the model, for example `onnx/model_q4.onnx`. */
  readonly path: string;
  /** Addresses in the order to try: our own origin, a mirror, the hub. Empty for a file taken from disk. */
  readonly sources: readonly string[];
  readonly bytes: number;
  /** Lower-case hex; absent where nobody published one. */
  readonly sha256?: string;
}

/** What the memory formula needs beside the weights. */
export interface ModelShape {
  readonly layers: number;
  /** Key-value heads: fewer than attention heads with grouped-query attention. */
  readonly keyValueHeads: number;
  readonly headSize: number;
}

/** How token vectors become one text vector. */
export interface EmbeddingRecipe {
  readonly pooling: 'mean' | 'cls' | 'last-token';
  readonly isNormalized: boolean;
}

export interface LocalModel {
  /** Unique within the engine. */
  readonly id: string;
  readonly engine: LocalEngine;
  readonly label: string;
  readonly files: readonly ModelFile[];
  /** As the format's makers write it: `Q4_K_M`, `q8`, `q4f16_1`. */
  readonly quantization?: string;
  /** Tokens that the model was trained for. */
  readonly contextLength?: number;
  readonly capabilities?: Readonly<Partial<Record<Capability, boolean>>>;
  /** SPDX where there is one. */
  readonly license?: string;
  readonly shape?: ModelShape;
  readonly embedding?: EmbeddingRecipe;
  /** Sampling that the model's makers advise; used where the person set nothing. */
  readonly suggestedParams?: Params;
}

/**
 * Tokens that every engine in the page takes where nothing is set: enough for a conversation, and a cache of 94 MB
 * with a model of 135 M parameters.
 */
export const usualContextLength = 4096;

/** Made for vectors: it has a worker of its own, beside that of a chat model. */
export function isEmbeddingModel({ embedding, capabilities }: LocalModel): boolean {
  return embedding !== undefined || (capabilities?.embedding === true && capabilities.chat !== true);
}

/** The path under which a WebLLM model keeps its compiled library. */
export const webLlmLibraryPath = 'model-library.wasm';

export function modelBytes({ files }: Pick<LocalModel, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
