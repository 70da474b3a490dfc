/**
 * How far length sways votes, beside how strong the models are: the strengths of Bradley and Terry with one weight more,
 * that of length, as in the style-controlled ratings of Chatbot Arena (Li, Angelopoulos and Chiang, 2024).
 */
import { seededRandom } from '../../../platform/seeded-random';
import { fitWithLength } from './fit-with-length';
import type { LengthBallots } from './length-ballots';
import { percentiles } from './percentiles';
import { fewestVotes, type RatingOptions } from './rate-models';

export interface LengthEffect {
  /** Share of the votes that an answer wins over one half as long, of a model as strong; a half without an effect. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Votes over answers of two lengths. */
  readonly votes: number;
}

/** Undefined where too few votes are over answers of two lengths to say. */
export function lengthEffect(
  ballots: LengthBallots,
  { samples = 200, seed = 1 }: RatingOptions = {},
): LengthEffect | undefined {
  const votes = ballots.ratios.filter((ratio) => ratio !== 0).length;
  if (votes < fewestVotes) return undefined;
  const total = ballots.ratios.length;
  const whole = fitWithLength(ballots, new Uint16Array(total).fill(1));
  const random = seededRandom(seed);
  const drawn = new Uint16Array(total);
  const sampled = Array.from({ length: samples }, () => {
    drawn.fill(0);
    for (let draw = 0; draw < total; draw++) {
      const vote = Math.floor(random() * total);
      drawn[vote] = (drawn[vote] ?? 0) + 1;
    }
    return shareOfTwice(fitWithLength(ballots, drawn, whole));
  });
  return { share: shareOfTwice(whole), ...percentiles(sampled), votes };
}

/** @param fitted its last entry is the weight of length */
function shareOfTwice(fitted: Float64Array): number {
  return 1 / (1 + Math.exp(-Math.LN2 * (fitted.at(-1) ?? 0)));
}
