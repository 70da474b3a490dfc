/** Starts our own worker scripts on a page whose security policy allows no other. */

/** The part of Trusted Types that we use; TypeScript's DOM library does not have it yet. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;
const started = new Set<string>();

/** @param url from an import with `?worker&url`, never from data. */
export function startWorker(url: string): Worker {
  started.add(url);
  return new Worker(trusted(url), { type: 'module' });
}

/** The scripts of the workers that this page has started so far. */
export function startedWorkers(): ReadonlySet<string> {
  return started;
}

/** @param url of the build's service worker, never from data */
export function startServiceWorker(url: string): Promise<ServiceWorkerRegistration> {
  // The browser compares the script itself with the server's, not with its own copy of it.
  return navigator.serviceWorker.register(trusted(url), { updateViaCache: 'none' });
}

/** The policy's name stands in the page's Content-Security-Policy; a name can be taken only once per page. */
function trusted(url: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  if (!factory) return url;
  policy ??= factory.createPolicy('switchyard-worker', { createScriptURL: ownScript });
  return policy.createScriptURL(url);
}

function ownScript(url: string): string {
  const { origin, href } = new URL(url, location.href);
  if (origin !== location.origin) throw new TypeError(`Not a script of this origin: ${origin}`);
  return href;
}
