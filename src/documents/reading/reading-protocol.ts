/** What page and reading worker say to each other. One file at a time. */
import type { PlainBackendError } from '../../core/backend-error';
import type { DocumentKind, ReadDocument } from '../../core/document';
import type { ChunkOptions } from '../chunking/chunk-options';
import type { TokenizerFile } from '../chunking/token-counter';

export interface ChunkRequest extends ChunkOptions {
  /** Of the model that the chunks are for; absent: their tokens are estimated. */
  readonly tokenizer?: TokenizerFile;
}

interface Request {
  readonly name: string;
  readonly chunks: ChunkRequest;
}

export type ReadingRequest =
  | (Request & { readonly type: 'read'; readonly kind: DocumentKind; readonly file: Blob })
  /** What was read already is divided anew. */
  | (Request & { readonly type: 'split'; readonly read: ReadDocument });

export type ReadingReply =
  /** Pages or parts. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly result: ReadDocument }
  | { readonly type: 'failed'; readonly error: PlainBackendError };
