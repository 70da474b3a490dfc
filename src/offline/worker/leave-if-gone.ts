/** Steps aside when the server at this address is another program now; `localhost` and a port belong to nobody. */
import { runtimeCacheName } from './runtime-cache';
import type { ServiceWorkerScope } from './service-worker-scope';
import { deleteOtherShells } from './shell-cache';

const ownScript = '/service-worker.js';

/** Without a network, or while the server fails, everything stays as it is. */
export async function leaveIfGone(scope: ServiceWorkerScope): Promise<void> {
  const response = await fetch(ownScript, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (!response) return;
  const isOther = response.ok && !/javascript/.test(response.headers.get('content-type') ?? '');
  if (!isOther && response.status !== 404 && response.status !== 410) return;
  await scope.registration.unregister();
  await Promise.all([deleteOtherShells('none'), caches.delete(runtimeCacheName)]);
}
