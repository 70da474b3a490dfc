/** Computes ratings off the main thread: intervals take hundreds of fits. */
import { rateModels } from './rate-models';
import type { RatingsReply, RatingsRequest } from './ratings-message';

self.onmessage = ({ data: { counts, options } }: MessageEvent<RatingsRequest>): void =>
  self.postMessage(rateModels(counts, options) satisfies RatingsReply);
