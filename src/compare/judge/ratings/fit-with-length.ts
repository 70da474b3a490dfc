/**
 * Strengths and the weight of length, together: the left answer wins with the logistic function of the difference of the
 * strengths plus the weight times the logarithm of how much longer it is. Found by Newton's method.
 */
import type { LengthBallots } from './length-ballots';
import { solvePositive } from './solve-positive';

/** Of the last step. Newton's method doubles the right digits in each round, so what is left is about its square. */
const precision = 1e-3;
const mostRounds = 50;
/** From far away, a whole step of Newton's may lead further away. */
const longestStep = 2;

/** What one round gathers over all votes: where it rises, and how it is bent (the lower half, row by row). */
interface Slope {
  readonly rise: Float64Array;
  readonly bend: Float64Array;
}

/**
 * As for the ratings, each model is taken to have tied once with an imaginary average one, and so is an answer once
 * with one half as long: whatever always won keeps a finite value.
 *
 * @param weights how often each vote counts
 * @param start a fit over almost the same votes
 * @returns the strength of each model over the average one, then the weight of length, all natural logarithms
 */
export function fitWithLength(
  ballots: LengthBallots,
  weights: ArrayLike<number>,
  start?: Float64Array,
): Float64Array {
  const size = ballots.modelCount + 1;
  const fitted = start ? Float64Array.from(start) : new Float64Array(size);
  for (let round = 0; round < mostRounds; round++) {
    const { rise, bend } = slopeAt(fitted, ballots, weights);
    const step = solvePositive(bend, rise);
    const longest = step.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    const share = Math.min(1, longestStep / longest);
    for (let place = 0; place < size; place++) fitted[place] = at(fitted, place) + share * at(step, place);
    if (longest < precision) break;
  }
  return fitted;
}

function slopeAt(fitted: Float64Array, ballots: LengthBallots, weights: ArrayLike<number>): Slope {
  const size = fitted.length;
  const slope = priorAt(fitted);
  const { rise, bend } = slope;
  const last = size - 1;
  const weightOfLength = at(fitted, last);
  const { left, right, won, ratios } = ballots;
  for (let vote = 0; vote < won.length; vote++) {
    const weight = at(weights, vote);
    if (weight === 0) continue;
    const [one, other, ratio] = [at(left, vote), at(right, vote), at(ratios, vote)];
    const expected = logistic(at(fitted, one) - at(fitted, other) + weightOfLength * ratio);
    const surprise = weight * (at(won, vote) - expected);
    const doubt = weight * expected * (1 - expected);
    add(rise, last, surprise * ratio);
    add(bend, last * size + last, doubt * ratio * ratio);
    if (one === other) continue;
    add(rise, one, surprise);
    add(rise, other, -surprise);
    add(bend, one * size + one, doubt);
    add(bend, other * size + other, doubt);
    add(bend, Math.max(one, other) * size + Math.min(one, other), -doubt);
    add(bend, last * size + one, doubt * ratio);
    add(bend, last * size + other, -doubt * ratio);
  }
  return slope;
}

/** Of the imaginary ties alone. */
function priorAt(fitted: Float64Array): Slope {
  const size = fitted.length;
  const [rise, bend] = [new Float64Array(size), new Float64Array(size * size)];
  for (let place = 0; place < size; place++) {
    const ratio = place === size - 1 ? Math.LN2 : 1;
    const expected = logistic(at(fitted, place) * ratio);
    rise[place] = (0.5 - expected) * ratio;
    bend[place * size + place] = expected * (1 - expected) * ratio * ratio;
  }
  return { rise, bend };
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function add(values: Float64Array, place: number, value: number): void {
  values[place] = at(values, place) + value;
}

/** For places that are there by construction. */
function at(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}
