/** What page and reading worker say to each other. One file at a time. */
import type { PlainBackendError } from '../../core/backend-error';
import type { Chunk, DocumentKind, DocumentText } from '../../core/document';
import type { ChunkOptions } from '../chunking/chunk-options';

export interface ReadingRequest {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly file: Blob;
  /** Absent: the text alone is wanted. */
  readonly chunks?: ChunkOptions;
}

export interface ReadResult {
  readonly document: DocumentText;
  /** Empty where none were asked for. Their tokens are estimated. */
  readonly chunks: readonly Chunk[];
  /** BCP 47, two letters; absent where it cannot be told, or no chunks were asked for. */
  readonly language?: string;
}

export type ReadingReply =
  /** Pages or parts. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly result: ReadResult }
  | { readonly type: 'failed'; readonly error: PlainBackendError };
