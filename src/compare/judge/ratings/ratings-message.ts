/** What page and ratings worker say to each other. */
import type { PairCounts } from './pair-counts';
import type { Rating, RatingOptions } from './rate-models';

export interface RatingsRequest {
  readonly counts: PairCounts;
  readonly options: RatingOptions;
}

export type RatingsReply = readonly Rating[];
