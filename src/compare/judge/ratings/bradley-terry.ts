/**
 * Strengths of models from pairwise votes, by the model of Bradley and Terry: A beats B with probability
 * strength(A) / (strength(A) + strength(B)). A tie is half a win for either side.
 */
import { type Meetings, meetingsOf } from './meetings-of';
import type { PairCounts } from './pair-counts';

/**
 * Ties that each model is taken to have had with an imaginary average one, so that a model that won all or lost all
 * gets a finite strength. With many votes it changes nothing that one could see.
 */
const priorTies = 1;

const mostRounds = 10_000;
/** Of the natural logarithm; a thousandth of a point of the scale that people see. */
const precision = 1e-6;

/** Of each pair, half of the ties included. */
export interface PairScores {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
}

export type Fit = (scores: PairScores, start?: ArrayLike<number>) => Float64Array;

/** Half of the ties to either side. */
export function pairScores({ firstWins, secondWins, ties }: PairCounts): PairScores {
  return {
    first: ties.map((count, pair) => count / 2 + (firstWins[pair] ?? 0)),
    second: ties.map((count, pair) => count / 2 + (secondWins[pair] ?? 0)),
  };
}

/**
 * Fits by the minorization–maximization algorithm of Hunter (The Annals of Statistics 32, 2004), one model at a time,
 * which keeps its guarantee to rise and converges faster than all at once.
 *
 * @param prior ties with the imaginary average model, 0 for none: then every model must have won and lost somewhere,
 *   directly or by others, or there is no finite answer
 * @returns from scores and, where there is one, a fit over almost the same votes to start from, to the natural
 *   logarithms of the strengths, their mean 0
 */
export function bradleyTerry(counts: PairCounts, prior: number = priorTies): Fit {
  const meetings = meetingsOf(counts);
  const count = counts.models.length;
  return (scores, start) => {
    const strengths = Float64Array.from({ length: count }, (_, model) => Math.exp(start?.[model] ?? 0));
    const games = Float64Array.from(
      meetings.pairs,
      (pair) => at(scores.first, pair) + at(scores.second, pair),
    );
    const won = wonBy(counts, scores, prior / 2);
    // The imaginary model finds its own place. Held fast, it would pull all others towards it a little in each round.
    let average = 1;
    for (let round = 0; round < mostRounds; round++) {
      const change = improve(strengths, meetings, games, won, prior, average);
      if (prior > 0) average = count / 2 / strengths.reduce((sum, own) => sum + 1 / (own + average), 0);
      if (!(change > precision)) break;
    }
    return centred(strengths.map(Math.log));
  };
}

/** One round over all models. @returns the largest change of a logarithm */
function improve(
  strengths: Float64Array,
  { begins, models }: Meetings,
  games: Float64Array,
  won: Float64Array,
  prior: number,
  average: number,
): number {
  let change = 0;
  for (let model = 0; model < strengths.length; model++) {
    const own = at(strengths, model);
    let expected = prior / (own + average);
    const end = at(begins, model + 1);
    for (let place = at(begins, model); place < end; place++)
      expected += at(games, place) / (own + at(strengths, at(models, place)));
    if (expected === 0) continue;
    const next = at(won, model) / expected;
    strengths[model] = next;
    change = Math.max(change, Math.abs(next / own - 1));
  }
  return change;
}

function wonBy({ first, second, models }: PairCounts, scores: PairScores, before: number): Float64Array {
  const won = new Float64Array(models.length).fill(before);
  for (const [pair, one] of first.entries()) {
    const other = at(second, pair);
    won[one] = at(won, one) + at(scores.first, pair);
    won[other] = at(won, other) + at(scores.second, pair);
  }
  return won;
}

/** For places that are there by construction. */
function at(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}

function centred(logs: Float64Array): Float64Array {
  const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
  return logs.map((value) => value - mean);
}
