/** The two unions that page and engine worker say to each other. Every message names its request. */
import type { ChatRequest, LoadedModel, LoadProgress } from '../../core/backend';
import type { PlainBackendError } from '../../core/backend-error';
import type { OpenedFile } from '../../core/model-shelf';
import type { EngineEvent } from './engine';

export type WorkerRequest<Options> =
  | {
      readonly id: number;
      readonly type: 'load';
      readonly options: Options;
      readonly files: readonly OpenedFile[];
    }
  | { readonly id: number; readonly type: 'chat'; readonly request: ChatRequest }
  | { readonly id: number; readonly type: 'embed'; readonly texts: readonly string[] }
  | { readonly id: number; readonly type: 'dispose' }
  /** Stops the request of this id; its own reply still says how it ended. */
  | { readonly id: number; readonly type: 'abort' };

export type WorkerReply =
  | { readonly id: number; readonly type: 'progress'; readonly progress: LoadProgress }
  /** Pushed as they come; several in one message when tokens are faster than the batching window. */
  | { readonly id: number; readonly type: 'events'; readonly events: readonly EngineEvent[] }
  | { readonly id: number; readonly type: 'loaded'; readonly model: LoadedModel }
  | { readonly id: number; readonly type: 'embedded'; readonly vectors: readonly Float32Array[] }
  | { readonly id: number; readonly type: 'done' }
  | { readonly id: number; readonly type: 'failed'; readonly error: PlainBackendError }
  /** The engine broke outside any request: nothing that is pending will be answered. */
  | { readonly type: 'crashed'; readonly error: PlainBackendError };
