/** Whether a text holds a pattern that a person typed; a search that does not end is ended. */
import type { PatternReply, PatternRequest } from './pattern-message';
import workerUrl from './pattern.worker.ts?worker&url';
import { startWorker } from '../start-worker';

/** Milliseconds, the start of the worker among them. */
const usualLimitMs = 5000;

/** @throws Error, its message for people, where the pattern cannot be used or took too long */
export function matchPattern(
  text: string,
  pattern: string,
  flags: string,
  limitMs = usualLimitMs,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(workerUrl);
    const end = (reply: PatternReply): void => {
      clearTimeout(timer);
      worker.terminate();
      if ('problem' in reply) reject(new Error(`The pattern cannot be used: ${reply.problem}`));
      else resolve(reply.isMatch);
    };
    const late = `the search was ended after ${limitMs / 1000} seconds. It may repeat a repetition.`;
    const timer = setTimeout(() => end({ problem: late }), limitMs);
    worker.onmessage = ({ data }: MessageEvent<PatternReply>) => end(data);
    worker.onerror = () => end({ problem: 'its worker could not be started.' });
    worker.postMessage({ text, pattern, flags } satisfies PatternRequest);
  });
}
