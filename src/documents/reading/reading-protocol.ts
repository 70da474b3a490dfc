/** What page and reading worker say to each other. One file at a time. */
import type { PlainBackendError } from '../../core/backend-error';
import type { Chunk, DocumentKind, DocumentText } from '../../core/document';
import type { ChunkOptions } from '../chunking/chunk-options';
import type { TokenizerFile } from '../chunking/token-counter';

export interface ChunkRequest extends ChunkOptions {
  /** Of the model that the chunks are for; absent: their tokens are estimated. */
  readonly tokenizer?: TokenizerFile;
}

export interface ReadingRequest {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly file: Blob;
  /** Absent: the text alone is wanted. */
  readonly chunks?: ChunkRequest;
}

export interface ReadResult {
  readonly document: DocumentText;
  /** Empty where none were asked for. */
  readonly chunks: readonly Chunk[];
}

export type ReadingReply =
  /** Pages or parts. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly result: ReadResult }
  | { readonly type: 'failed'; readonly error: PlainBackendError };
