/** Tells whether a collection has anything on a question: something is always the nearest, and any word is somewhere. */
import type { FusedHit } from './fuse';

/** Part of what a question says that a chunk has to say too, where meaning knows nothing of the question. */
const leastCoverage = 0.5;

export interface FitView {
  /** The cosine from which on there is something on a question. */
  readonly floor: number;
  /** Which part of what the question says the chunk says too, 0 to 1. */
  coverageOf(hit: FusedHit): number;
}

export interface JudgedHits {
  /** Best first. */
  readonly fitting: readonly FusedHit[];
  readonly unfit: readonly FusedHit[];
}

/** @param hits best first */
export function leaveOutUnfit(hits: readonly FusedHit[], { floor, coverageOf }: FitView): JudgedHits {
  // Once one is near, the others may be what it takes to understand it: the order alone tells then.
  if (hits.some(({ dense = -1 }) => dense >= floor)) return { fitting: hits, unfit: [] };
  // One without a vector was not judged by meaning. A name or a number is known to words alone.
  const fits = hits.map(
    (hit) => hit.dense === undefined || (hit.keyword !== undefined && coverageOf(hit) >= leastCoverage),
  );
  return {
    fitting: hits.filter((_, place) => fits[place]),
    unfit: hits.filter((_, place) => !fits[place]),
  };
}
