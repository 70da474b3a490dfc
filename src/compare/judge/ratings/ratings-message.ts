/** What page and ratings worker say to each other: one question, one answer. */
import type { LengthBallots } from './length-ballots';
import type { LengthEffect } from './length-effect';
import type { PairCounts } from './pair-counts';
import type { Rating, RatingOptions } from './rate-models';

export interface RatingsQuestion {
  readonly counts: PairCounts;
  readonly options: RatingOptions;
}

export interface LengthQuestion {
  readonly ballots: LengthBallots;
  readonly options: RatingOptions;
}

export type RatingsAnswer = readonly Rating[];
export type LengthAnswer = LengthEffect | undefined;
