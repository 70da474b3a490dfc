/** Asks the service worker something and waits for its reply. */
import type { WorkerRequest } from './worker-request';

/** @returns undefined where nothing is kept for offline use: no service worker (yet), or not in this browser */
export async function askServiceWorker(request: WorkerRequest): Promise<unknown> {
  // Absent where the page came over plain http from another machine.
  const registration = await navigator.serviceWorker?.getRegistration();
  const worker = registration?.active;
  if (!worker) return undefined;
  const { port1, port2 } = new MessageChannel();
  const reply = new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  worker.postMessage(request, [port2]);
  return reply.finally(() => port1.close());
}
