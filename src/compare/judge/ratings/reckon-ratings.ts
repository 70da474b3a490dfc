/** The page's side of the ratings worker: one worker per question, so that an outdated one can be dropped. */
import { startWorker } from '../../../platform/start-worker';
import type { PairCounts } from './pair-counts';
import type { Rating, RatingOptions } from './rate-models';
import type { RatingsReply, RatingsRequest } from './ratings-message';
import workerUrl from './ratings.worker.ts?worker&url';

/** @throws the signal's reason once it is aborted; Error where the worker fails */
export function reckonRatings(
  counts: PairCounts,
  signal: AbortSignal,
  options: RatingOptions = {},
): Promise<readonly Rating[]> {
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
    worker.onmessage = ({ data }: MessageEvent<RatingsReply>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      worker.terminate();
      reject(new Error(`The ratings could not be computed. ${message}`));
    };
    worker.postMessage({ counts, options } satisfies RatingsRequest);
  });
}
