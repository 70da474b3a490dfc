/** The page's side of the ratings worker: one worker per question, so that an outdated one can be dropped. */
import { startWorker } from '../../../platform/start-worker';
import type { LengthBallots } from './length-ballots';
import type { LengthEffect } from './length-effect';
import type { PairCounts } from './pair-counts';
import type { Rating, RatingOptions } from './rate-models';
import type { LengthAnswer, LengthQuestion, RatingsAnswer, RatingsQuestion } from './ratings-message';
import workerUrl from './ratings.worker.ts?worker&url';

/** @throws the signal's reason once it is aborted; Error where the worker fails */
export function reckonRatings(
  counts: PairCounts,
  signal: AbortSignal,
  options: RatingOptions = {},
): Promise<readonly Rating[]> {
  return ask<RatingsQuestion, RatingsAnswer>({ counts, options }, signal);
}

/** A question of its own, so that no ranking waits for it. @throws as above */
export function reckonLengthEffect(
  ballots: LengthBallots,
  signal: AbortSignal,
  options: RatingOptions = {},
): Promise<LengthEffect | undefined> {
  return ask<LengthQuestion, LengthAnswer>({ ballots, options }, signal);
}

// Question and answer belong together, which only whoever asks can say.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function ask<Question, Answer>(question: Question, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(workerUrl);
    signal.addEventListener(
      'abort',
      () => {
        worker.terminate();
        reject(new DOMException('Nobody waits for it any more.', 'AbortError'));
      },
      { once: true },
    );
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      worker.terminate();
      reject(new Error(`The ratings could not be computed. ${message}`));
    };
    worker.postMessage(question);
  });
}
