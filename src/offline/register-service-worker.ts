/** Puts the service worker in charge of the page, without getting in the way of its start. */
import { startedWorkers, startServiceWorker } from '../platform/start-worker';
import { cacheRuntime } from './cached-runtimes';

/** A page that stays open for days should hear of a new version too. */
const checkEveryMs = 3_600_000;

/** @returns undefined where the browser keeps nothing: plain http from another machine, or switched off */
export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  const container = navigator.serviceWorker;
  if (!container) return undefined;
  if (!container.controller) container.addEventListener('controllerchange', keepStarted, { once: true });
  const registration = await startServiceWorker('/service-worker.js').catch(() => undefined);
  if (!registration) return undefined;
  let checked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checked < checkEveryMs) return;
    checked = Date.now();
    // Without a network there is no new version.
    registration.update().catch(() => undefined);
  });
  return registration;
}

/** Engines that were quicker than the service worker went past it. */
function keepStarted(): void {
  for (const entry of startedWorkers()) void cacheRuntime(entry);
}
