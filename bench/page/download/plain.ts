/** A plain fetch in a worker, straight to a private file. */
import PlainWorker from './plain.worker.ts?worker';
import type { Wanted } from './subject';

export function plain(wanted: Wanted): Promise<void> {
  const worker = new PlainWorker();
  return new Promise<void>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }: MessageEvent<string>) =>
      data === 'done' ? resolve() : reject(new Error(data));
    worker.postMessage(wanted);
  }).finally(() => worker.terminate());
}
