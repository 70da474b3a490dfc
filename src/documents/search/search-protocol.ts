/** The two unions that page and search worker say to each other. Every message names its request. */
import type { PlainBackendError } from '../../core/backend-error';
import type { Passage, RetrievalFilter, RetrievalSettings } from '../../core/retrieval';
import type { IndexedDocument } from './indexed-document';

export interface SearchQuery {
  readonly text: string;
  /** Of the question, by the model that made those of the chunks; absent: keywords alone. */
  readonly vector?: Float32Array<ArrayBuffer>;
  /** Of questions on anything, by the same model; absent: whatever is nearest counts as found. */
  readonly unrelated?: readonly Float32Array[];
  readonly settings: RetrievalSettings;
  readonly filter?: RetrievalFilter;
  /** Tokens from which on nothing is joined to a passage any more; absent for no limit. */
  readonly longestPassage?: number;
}

export interface FoundPassages {
  /** Best first. */
  readonly passages: readonly Passage[];
  /** The nearest ones that were left out, because they have hardly anything to do with the question. */
  readonly unfit: readonly Passage[];
}

export type SearchJob =
  | { readonly type: 'add'; readonly collectionId: string; readonly documents: readonly IndexedDocument[] }
  | {
      readonly type: 'set-vectors';
      readonly collectionId: string;
      readonly documentId: string;
      readonly vectors: Float32Array<ArrayBuffer>;
    }
  | { readonly type: 'remove'; readonly collectionId: string; readonly documentId: string }
  | { readonly type: 'drop'; readonly collectionId: string }
  | { readonly type: 'search'; readonly collectionId: string; readonly query: SearchQuery };

export type SearchRequest =
  | { readonly id: number; readonly type: 'job'; readonly job: SearchJob }
  /** Nobody waits for the request of this id any more. */
  | { readonly id: number; readonly type: 'abort' };

export type SearchReply =
  | { readonly id: number; readonly type: 'done' }
  | { readonly id: number; readonly type: 'found'; readonly found: FoundPassages }
  | { readonly id: number; readonly type: 'failed'; readonly error: PlainBackendError };
