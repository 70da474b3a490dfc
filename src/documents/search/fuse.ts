/** One order out of two: by keywords and by meaning. */

/** A chunk, and what a side says of it; absent where that side does not know it. */
export interface Candidate {
  readonly documentId: string;
  readonly chunk: number;
  /** BM25, 0 and up. */
  readonly keyword?: number;
  /** Cosine, -1 to 1. */
  readonly dense?: number;
}

export interface FusedHit extends Candidate {
  /** 0 to 1. */
  readonly fused: number;
}

/** How the cosines of the question with all chunks are spread. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * @param denseWeight 0 is keywords alone, 1 is meaning alone
 * @returns best first; a side that stands alone leaves out what it did not find
 */
export function fuse(candidates: readonly Candidate[], denseWeight: number, spread: Spread): FusedHit[] {
  const bestKeyword = Math.max(0, ...candidates.map(({ keyword = 0 }) => keyword));
  const bestDense = Math.max(spread.mean, ...candidates.map(({ dense = -1 }) => dense));
  return candidates
    .map((candidate) => {
      const { keyword = 0, dense = spread.mean } = candidate;
      const byKeyword = bestKeyword > 0 ? keyword / bestKeyword : 0;
      const byDense =
        bestDense > spread.mean ? Math.max(0, (dense - spread.mean) / (bestDense - spread.mean)) : 0;
      return { ...candidate, fused: denseWeight * byDense + (1 - denseWeight) * byKeyword };
    })
    .sort((left, right) => right.fused - left.fused || (right.dense ?? -1) - (left.dense ?? -1));
}
