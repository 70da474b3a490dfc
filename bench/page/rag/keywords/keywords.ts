/** Has a new worker index and search, as the page does it. */
import type { Order, Outcome } from './subject';

export function keywords(order: Order): Promise<Outcome> {
  const worker = new Worker(new URL('./keywords.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Outcome>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Outcome>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}
