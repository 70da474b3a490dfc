/** Whether anything answers HTTP at an address, also where this page may not read the answer. */
import type { ReachReply } from './reach-message';
import workerUrl from './reach.worker.ts?worker&url';
import { startWorker } from './start-worker';

/** `undefined` where this browser cannot tell, or was not done when `signal` was aborted. */
export function canReach(url: string, signal: AbortSignal): Promise<ReachReply> {
  return new Promise((resolve) => {
    const worker = startWorker(workerUrl);
    const end = (reply: ReachReply): void => {
      worker.terminate();
      resolve(reply);
    };
    worker.onmessage = ({ data }: MessageEvent<ReachReply>) => end(data);
    // A browser without that policy does not let the worker start.
    worker.onerror = () => end(undefined);
    signal.addEventListener('abort', () => end(undefined), { once: true });
    worker.postMessage(url);
  });
}
