/** The service worker's events: install, take over when told, answer from what is kept. */
import type { OfflineBuild } from '../offline-build';
import type { WorkerRequest } from '../worker-request';
import { chooseAnswer, livePaths } from './choose-answer';
import { leaveIfGone } from './leave-if-gone';
import { RuntimeCache } from './runtime-cache';
import type { FetchEvent, ServiceWorkerScope } from './service-worker-scope';
import { deleteOtherShells, installShell, matchShell } from './shell-cache';

export function serveOffline(scope: ServiceWorkerScope, { version, shell, runtimes }: OfflineBuild): void {
  const shellPaths: ReadonlySet<string> = new Set(shell.map(({ path }) => path));
  const kept = new RuntimeCache(runtimes);

  scope.addEventListener('install', (event) => {
    // A chat should not have to wait until a sleeping worker has woken up to say that it does not care.
    const routes = livePaths.map((path) => ({ condition: { urlPattern: `${path}*` }, source: 'network' }));
    event.waitUntil(Promise.resolve(event.addRoutes?.(routes)).catch(() => undefined));
    event.waitUntil(installShell(version, shell).then(() => kept.bringForward()));
  });

  scope.addEventListener('activate', (event) => {
    const takeOver = async () => {
      // More than one means: another tab still runs the version before and may yet need its files.
      if ((await countWindows(scope)) <= 1) await deleteOlder();
      await scope.clients.claim();
    };
    event.waitUntil(takeOver());
  });

  scope.addEventListener('fetch', (event) => {
    const answer = chooseAnswer(event.request, scope.location.origin, shellPaths);
    if (answer === 'network') return;
    if (answer === 'page') {
      event.respondWith(fromShell('/', event));
      event.waitUntil(Promise.all([leaveIfGone(scope), tidyUp()]));
    } else if (answer === 'shell') {
      event.respondWith(fromShell(new URL(event.request.url).pathname, event));
    } else {
      event.respondWith(asset(event));
    }
  });

  scope.addEventListener('message', (event) => {
    const request = event.data as WorkerRequest;
    const reply = (work: Promise<unknown>) =>
      event.waitUntil(
        work.catch(() => undefined).then((result) => event.ports[0]?.postMessage(result ?? null)),
      );
    switch (request.type) {
      case 'activate':
        return event.waitUntil(scope.skipWaiting());
      case 'keep-runtime':
        return reply(kept.keep(request.entry));
      case 'list-runtimes':
        return reply(kept.list());
      case 'clear-runtimes':
        return reply(kept.clear());
    }
  });

  async function fromShell(path: string, { request }: FetchEvent): Promise<Response> {
    return (await matchShell(version, path)) ?? fetch(request);
  }

  async function asset(event: FetchEvent): Promise<Response> {
    const { pathname } = new URL(event.request.url);
    const found = await caches.match(pathname, { ignoreVary: true });
    return found ?? kept.pass(event.request, (work) => event.waitUntil(work));
  }

  async function tidyUp(): Promise<void> {
    if ((await countWindows(scope)) === 0) await deleteOlder();
  }

  async function deleteOlder(): Promise<void> {
    await Promise.all([deleteOtherShells(version), kept.deleteOthers()]);
  }
}

async function countWindows({ clients }: ServiceWorkerScope): Promise<number> {
  return (await clients.matchAll({ type: 'window', includeUncontrolled: true })).length;
}
