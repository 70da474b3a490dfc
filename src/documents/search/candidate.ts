/** A chunk that may be part of the answer. */

/** A chunk, and what a side says of it; absent where that side does not know it. */
export interface Candidate {
  readonly documentId: string;
  readonly chunk: number;
  /** BM25, 0 and up. */
  readonly keyword?: number;
  /** Cosine, -1 to 1. */
  readonly dense?: number;
}
