/**
 * Strengths of models from pairwise votes, by the model of Bradley and Terry: A beats B with probability
 * strength(A) / (strength(A) + strength(B)). A tie is half a win for either side.
 */
import type { PairCounts } from './pair-counts';

/**
 * Ties that each model is taken to have had with an imaginary average one, so that a model that won all or lost all
 * gets a finite strength. With many votes it changes nothing that one could see.
 */
const priorTies = 1;

const mostRounds = 10_000;
/** Of the natural logarithm; a thousandth of a point of the scale that people see. */
const precision = 1e-6;

export type PairWeights = Pick<PairCounts, 'first' | 'second'> & {
  /** Wins of the first over the second of each pair, half of the ties included. */
  readonly firstScore: ArrayLike<number>;
  readonly secondScore: ArrayLike<number>;
};

/** Half of the ties to either side. */
export function pairWeights({ first, second, firstWins, secondWins, ties }: PairCounts): PairWeights {
  const halves = ties.map((count) => count / 2);
  return {
    first,
    second,
    firstScore: halves.map((half, pair) => half + (firstWins[pair] ?? 0)),
    secondScore: halves.map((half, pair) => half + (secondWins[pair] ?? 0)),
  };
}

/**
 * Fits by the minorization–maximization algorithm of Hunter (The Annals of Statistics 32, 2004), one model at a time,
 * which keeps its guarantee to rise and converges faster than all at once.
 *
 * @param modelCount how many there are; each place in the pairs is below it
 * @param prior ties with the imaginary average model, 0 for none: then every model must have won and lost somewhere,
 *   directly or by others, or there is no finite answer
 * @param start natural logarithms to begin from, for example of a fit over almost the same votes
 * @returns natural logarithms of the strengths, their mean 0
 */
export function fitBradleyTerry(
  { first, second, firstScore, secondScore }: PairWeights,
  modelCount: number,
  prior: number = priorTies,
  start?: ArrayLike<number>,
): Float64Array {
  const neighbours = neighboursOf(first, second, modelCount);
  const games = Float64Array.from(first, (_, pair) => (firstScore[pair] ?? 0) + (secondScore[pair] ?? 0));
  const scores = new Float64Array(modelCount).fill(prior / 2);
  for (let pair = 0; pair < first.length; pair++) {
    add(scores, first[pair] ?? 0, firstScore[pair] ?? 0);
    add(scores, second[pair] ?? 0, secondScore[pair] ?? 0);
  }
  const strengths = Float64Array.from({ length: modelCount }, (_, model) => Math.exp(start?.[model] ?? 0));
  // The imaginary model finds its own place. Held fast, it would pull all others towards it a little in each round.
  let average = 1;
  for (let round = 0; round < mostRounds; round++) {
    let change = 0;
    for (let model = 0; model < modelCount; model++) {
      const own = strengths[model] ?? 1;
      let expected = prior / (own + average);
      for (let at = neighbours.begins[model] ?? 0; at < (neighbours.begins[model + 1] ?? 0); at++) {
        const other = strengths[neighbours.models[at] ?? 0] ?? 1;
        expected += (games[neighbours.pairs[at] ?? 0] ?? 0) / (own + other);
      }
      if (expected === 0) continue;
      const next = (scores[model] ?? 0) / expected;
      strengths[model] = next;
      change = Math.max(change, Math.abs(Math.log(next / own)));
    }
    if (prior > 0) average = modelCount / 2 / strengths.reduce((sum, own) => sum + 1 / (own + average), 0);
    if (!(change > precision)) break;
  }
  return centred(strengths.map(Math.log));
}

function add(values: Float64Array, place: number, amount: number): void {
  values[place] = (values[place] ?? 0) + amount;
}

/** Of each model, which others it met and as which pair: `models[at]`, `pairs[at]` from `begins[model]` on. */
interface Neighbours {
  readonly begins: Int32Array;
  readonly models: Int32Array;
  readonly pairs: Int32Array;
}

function neighboursOf(first: readonly number[], second: readonly number[], modelCount: number): Neighbours {
  const met = Array.from({ length: modelCount }, (): [model: number, pair: number][] => []);
  for (const [pair, one] of first.entries()) {
    const other = second[pair] ?? 0;
    met[one]?.push([other, pair]);
    met[other]?.push([one, pair]);
  }
  const begins = new Int32Array(modelCount + 1);
  for (const [model, ones] of met.entries()) begins[model + 1] = (begins[model] ?? 0) + ones.length;
  const all = met.flat();
  return {
    begins,
    models: Int32Array.from(all, ([model]) => model),
    pairs: Int32Array.from(all, ([, pair]) => pair),
  };
}

function centred(logs: Float64Array): Float64Array {
  const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
  return logs.map((value) => value - mean);
}
