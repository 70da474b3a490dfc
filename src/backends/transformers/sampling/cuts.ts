/** Which tokens may be drawn at all: the ways of leaving out the unlikely ones. Scores are logits. */
import { vocabularySum } from './vocabulary-sum';

export interface Cuts {
  /** 0 is no limit. */
  readonly topK: number;
  /** 1 is no limit. */
  readonly topP: number;
  /** 0 is no limit. */
  readonly minP: number;
  /** 1 is no limit. */
  readonly typicalP: number;
}

export interface Candidate {
  readonly token: number;
  readonly logit: number;
}

/**
 * Every token that top-k, top-p or min-p could keep, most likely first, and few of the others: sorting a whole
 * vocabulary for each token would cost more than a small model does.
 */
export function likelyCandidates(logits: Float32Array, { topK, topP, minP, typicalP }: Cuts): Candidate[] {
  if (topK > 0) return cutByTopK(logits, topK);
  // What is typical may be anywhere.
  const least = typicalP < 1 ? -Infinity : leastLogit(logits, topP, minP);
  const candidates: Candidate[] = [];
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token] ?? -Infinity;
    if (logit >= least) candidates.push({ token, logit });
  }
  return candidates.sort((a, b) => b.logit - a.logit);
}

/**
 * Tokens below it are kept by neither. For top-p: all V tokens that are less likely than (1 − p) / V make up less
 * than 1 − p together, so the others reach p without them.
 */
function leastLogit(logits: Float32Array, topP: number, minP: number): number {
  const { most, sum } = vocabularySum(logits);
  const byTopP = topP < 1 ? most + Math.log(sum) + Math.log((1 - topP) / logits.length) : -Infinity;
  const byMinP = minP > 0 ? most + Math.log(minP) : -Infinity;
  // Rounding must not lose the most likely one.
  return Math.min(most, Math.max(byTopP, byMinP));
}

/** The k most likely tokens, most likely first. */
export function cutByTopK(logits: Float32Array, k: number): Candidate[] {
  const kept: Candidate[] = [];
  let least = -Infinity;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token] ?? -Infinity;
    if (kept.length === k && logit <= least) continue;
    // Rarely reached: after the first few tokens hardly one is among the best so far.
    let place = kept.length;
    while (place > 0 && (kept[place - 1]?.logit ?? Infinity) < logit) place--;
    kept.splice(place, 0, { token, logit });
    if (kept.length > k) kept.pop();
    least = kept.at(-1)?.logit ?? -Infinity;
  }
  return kept;
}

/**
 * Nucleus sampling (Holtzman et al. 2019, arXiv 1904.09751): the smallest set of most likely tokens whose
 * probabilities sum to at least p. Never empty. @param candidates most likely first
 */
export function cutByTopP(candidates: readonly Candidate[], p: number): readonly Candidate[] {
  return p >= 1 ? candidates : candidates.slice(0, countUpTo(probabilitiesOf(candidates), p));
}

/**
 * Locally typical sampling (Meister et al. 2022, arXiv 2202.00666): of the tokens whose surprise lies nearest to
 * the expected one (the entropy), as many as together reach probability p. Never empty.
 * @param candidates most likely first, as is the result
 */
export function cutByTypicalP(candidates: readonly Candidate[], p: number): readonly Candidate[] {
  if (p >= 1) return candidates;
  const probabilities = probabilitiesOf(candidates);
  const entropy = probabilities.reduce((sum, one) => (one > 0 ? sum - one * Math.log(one) : sum), 0);
  const byTypicality = probabilities
    .map((probability, index) => ({
      probability,
      index,
      distance: Math.abs(-Math.log(probability) - entropy),
    }))
    .sort((a, b) => a.distance - b.distance);
  const count = countUpTo(
    byTypicality.map(({ probability }) => probability),
    p,
  );
  const kept = new Set(byTypicality.slice(0, count).map(({ index }) => index));
  return candidates.filter((_, index) => kept.has(index));
}

/**
 * Min-p sampling (Nguyen et al. 2024, arXiv 2407.01082): tokens at least `minP` times as likely as the most
 * likely one. @param candidates most likely first
 */
export function cutByMinP(candidates: readonly Candidate[], minP: number): readonly Candidate[] {
  const [best] = candidates;
  if (minP <= 0 || !best) return candidates;
  const least = best.logit + Math.log(minP);
  return candidates.filter(({ logit }, index) => index === 0 || logit >= least);
}

/** How many it takes, from the first on, to reach a sum; all of them where rounding keeps it out of reach. */
function countUpTo(probabilities: readonly number[], sum: number): number {
  let reached = 0;
  const last = probabilities.findIndex((probability) => (reached += probability) >= sum);
  return last < 0 ? probabilities.length : last + 1;
}

/** Among the candidates alone, as llama.cpp does after each cut. */
function probabilitiesOf(candidates: readonly Candidate[]): number[] {
  const most = candidates.reduce((highest, { logit }) => Math.max(highest, logit), -Infinity);
  const weights = candidates.map(({ logit }) => Math.exp(logit - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
