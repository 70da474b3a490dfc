/**
 * How far each side of a search can be trusted. Two sides that know something agree more than chance would have it.
 * Whether meaning knows something is a property of the collection, and is found out with its own chunks as questions;
 * where it does, it can tell of a single question whether its keywords lead anywhere.
 */
import type { Candidate } from './candidate';

export interface DenseView {
  /** Of the question's cosines with all chunks. */
  readonly mean: number;
  readonly deviation: number;
  /** How far meaning is trusted in this collection, 0 to 1. */
  readonly trust: number;
  /** How many chunks there are to be found by meaning. */
  readonly chunks: number;
}

/** Hits that are looked at, at most; of small collections a twentieth. */
const mostLookedAt = 10;
/** How far above the mean, in deviations, hits of the other side lie: where trust begins, and where it is whole. */
const ofMeaning = { none: 0.6, whole: 1.8 };
const ofKeywords = { none: 1, whole: 2 };
/** The best BM25 by the tenth: a rare word or a name stands out so, which models often do not know. */
const outstanding = { none: 6, whole: 12 };
/** With fewer chunks, a mean and a deviation say little. */
const enoughChunks = 200;

/** @param agreement of keywords with meaning, as `agreementOf` finds it, over many questions */
export function denseTrust(agreement: number): number {
  return ramp(agreement, ofMeaning);
}

/** @returns 0 to 1, and up to 2 where a hit stands out among the others */
export function keywordTrust(candidates: readonly Candidate[], view: DenseView): number {
  const hits = candidates
    .filter(({ keyword = 0 }) => keyword > 0)
    .sort((left, right) => (right.keyword ?? 0) - (left.keyword ?? 0));
  const agreement = agreementOf(hits, view);
  if (agreement === undefined) return 1;
  const best = hits[0]?.keyword ?? 0;
  // That a handful is all there is says something only where there could have been more.
  const tenth = hits[mostLookedAt - 1]?.keyword ?? (view.chunks < enoughChunks ? best : 0);
  const standsOut = ramp(best / tenth, outstanding);
  const judgement = view.trust * Math.min(1, view.chunks / enoughChunks);
  return 1 - judgement * (1 - Math.max(ramp(agreement, ofKeywords), standsOut)) + standsOut;
}

/**
 * @param hits of the keywords, best first
 * @returns how far above the mean they lie by meaning, in deviations; undefined where that cannot be told
 */
export function agreementOf(
  hits: readonly Candidate[],
  { mean, deviation, chunks }: Omit<DenseView, 'trust'>,
): number | undefined {
  const count = Math.max(1, Math.min(mostLookedAt, Math.round(chunks / 20)));
  const scores = hits.slice(0, count).flatMap(({ dense }) => dense ?? []);
  if (scores.length === 0 || !(deviation > 0)) return undefined;
  return (scores.reduce((sum, score) => sum + score, 0) / scores.length - mean) / deviation;
}

function ramp(value: number, { none, whole }: { readonly none: number; readonly whole: number }): number {
  return Math.min(1, Math.max(0, (value - none) / (whole - none)));
}
