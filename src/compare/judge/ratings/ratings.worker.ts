/** Computes ratings, and what length does to them, off the main thread: intervals take hundreds of fits. */
import { lengthEffect } from './length-effect';
import { rateModels } from './rate-models';
import type { LengthAnswer, LengthQuestion, RatingsAnswer, RatingsQuestion } from './ratings-message';

self.onmessage = ({ data }: MessageEvent<RatingsQuestion | LengthQuestion>): void => {
  if ('counts' in data) self.postMessage(rateModels(data.counts, data.options) satisfies RatingsAnswer);
  else self.postMessage(lengthEffect(data.ballots, data.options) satisfies LengthAnswer);
};
