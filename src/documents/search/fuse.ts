/**
 * One order out of two, by keywords and by meaning, made so that a weak side does not spoil a strong one. Scores are
 * brought to a common scale and added up (Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for Hybrid
 * Retrieval"), each side weighted by how far it can be trusted.
 */
import type { Candidate } from './candidate';
import { type DenseView, keywordTrust } from './side-trust';

export interface FusedHit extends Candidate {
  /** 0 to 1; of what is less like the question than the usual chunk, it may be below 0. */
  readonly fused: number;
}

/** @returns best first: BM25 alone, as a part of the best one's */
export function byKeywordAlone(candidates: readonly Candidate[]): FusedHit[] {
  const best = bestKeyword(candidates);
  return ranked(candidates, ({ keyword = 0 }) => keyword / best);
}

/**
 * @param denseWeight 0 is keywords alone, 1 is meaning alone
 * @returns best first
 */
export function fuse(candidates: readonly Candidate[], denseWeight: number, view: DenseView): FusedHit[] {
  const best = bestKeyword(candidates);
  const above = Math.max(Number.EPSILON, ...candidates.map(({ dense = view.mean }) => dense - view.mean));
  const trusted = denseWeight * view.trust;
  const other = (1 - denseWeight) * keywordTrust(candidates, view);
  const weight = trusted + other > 0 ? trusted / (trusted + other) : denseWeight;
  return ranked(candidates, ({ keyword = 0, dense }) => {
    const byKeyword = keyword / best;
    // What has no vector yet is judged by its words, and no worse for that.
    const byDense = dense === undefined ? byKeyword : (dense - view.mean) / above;
    return weight * byDense + (1 - weight) * byKeyword;
  });
}

function bestKeyword(candidates: readonly Candidate[]): number {
  return Math.max(Number.EPSILON, ...candidates.map(({ keyword = 0 }) => keyword));
}

function ranked(candidates: readonly Candidate[], scoreOf: (candidate: Candidate) => number): FusedHit[] {
  return candidates
    .map((candidate) => ({ ...candidate, fused: scoreOf(candidate) }))
    .sort((left, right) => right.fused - left.fused);
}
