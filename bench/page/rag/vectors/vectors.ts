/** The page's side of the worker that measures vector search. */
import type { VectorOrder, VectorOutcome } from './vectors.worker';

export function vectors(order: VectorOrder): Promise<Readonly<Record<string, VectorOutcome>>> {
  const worker = new Worker(new URL('./vectors.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Readonly<Record<string, VectorOutcome>>>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  });
}
