/** What the library of documents needs from the rest of the page. */
import type { BackendError } from '../../core/backend-error';
import type { Chunk, DocumentKind, PageStarts, ReadDocument } from '../../core/document';
import type { Passage, RetrievalFilter, RetrievalSettings } from '../../core/retrieval';
import type { DocumentStore } from '../../storage/document-store';
import type { OriginalFiles } from '../../storage/original-files';
import type { BackendStore } from '../backend-store.svelte';
import type { Notices } from '../notices.svelte';

/** Bytes → text and chunks, in a worker. */
export interface DocumentReader {
  /** Undefined where it is nothing that can be read. */
  identify(name: string, head: Uint8Array): DocumentKind | undefined;
  /** Why `identify` gave nothing, for people. */
  whyRefused(name: string, head: Uint8Array): BackendError;
  /** @throws BackendError for a file that cannot be read; the signal's reason */
  read(
    file: File,
    kind: DocumentKind,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ReadDocument>;
}

export interface IndexedDocument {
  readonly documentId: string;
  readonly name: string;
  readonly addedAt: number;
  readonly modifiedAt?: number;
  readonly language?: string;
  readonly text: string;
  readonly chunks: readonly Chunk[];
  readonly pages?: PageStarts;
  readonly vectors?: Float32Array<ArrayBuffer>;
}

/** The indexes, in a worker; they are lost with the page. */
export interface PassageIndex {
  /** Takes the place of those that are there. The vectors' buffers are empty afterwards. */
  add(collectionId: string, documents: readonly IndexedDocument[]): Promise<void>;
  setVectors(collectionId: string, documentId: string, vectors: Float32Array<ArrayBuffer>): Promise<void>;
  remove(collectionId: string, documentId: string): Promise<void>;
  drop(collectionId: string): Promise<void>;
  search(
    collectionId: string,
    query: {
      readonly text: string;
      readonly vector?: Float32Array<ArrayBuffer>;
      readonly settings: RetrievalSettings;
      readonly filter?: RetrievalFilter;
    },
    signal: AbortSignal,
  ): Promise<readonly Passage[]>;
}

export interface DocumentsHost {
  readonly store: DocumentStore;
  readonly originals: OriginalFiles;
  readonly reader: DocumentReader;
  /** @param onLost called when the worker broke, and all that was in it is gone */
  readonly createIndex: (onLost: () => void) => PassageIndex;
  readonly backends: BackendStore;
  readonly notices: Notices;
}
