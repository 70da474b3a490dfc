/** The engines' code that is kept for offline use: what it takes of the storage, and how to give that back. */
import { askServiceWorker } from './ask-service-worker';
import type { KeptRuntime } from './worker-request';

/** Undefined where nothing is kept at all: the browser has no service workers, or this is `npm run dev`. */
export async function listCachedRuntimes(): Promise<readonly KeptRuntime[] | undefined> {
  const reply = await askServiceWorker({ type: 'list-runtimes' });
  return Array.isArray(reply) ? reply : undefined;
}

/** An engine that is used after this is fetched and kept again. */
export async function clearCachedRuntimes(): Promise<void> {
  await askServiceWorker({ type: 'clear-runtimes' });
}

/**
 * Keeps the code of an engine. Not needed for one that is started while the service worker is in charge of the
 * page: that is kept on the way.
 * @param entry the address of the engine's worker
 */
export async function cacheRuntime(entry: string): Promise<void> {
  await askServiceWorker({ type: 'keep-runtime', entry: new URL(entry, location.href).pathname });
}
