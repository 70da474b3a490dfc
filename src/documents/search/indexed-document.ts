/** A document as the search worker holds it. Plain data that crosses to the worker. */
import type { Chunk, PageStarts } from '../../core/document';

export interface IndexedDocument {
  readonly documentId: string;
  /** Names this very content, for an index that outlives the page. */
  readonly content?: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** Of the file on disk, milliseconds since 1970; absent where nobody tells. */
  readonly modifiedAt?: number;
  /** BCP 47, two letters; absent where it cannot be told. */
  readonly language?: string;
  /** What the offsets of the chunks count in. */
  readonly text: string;
  /** In order. */
  readonly chunks: readonly Chunk[];
  readonly pages?: PageStarts;
  /** One after the other, one for each chunk; absent until they were made. */
  readonly vectors?: Float32Array<ArrayBuffer>;
}
