/** The page, its scripts and styles: kept whole, per version, when the service worker is installed. */
import type { BuildFile } from '../offline-build';
import { fetchChecked } from './fetch-checked';

const prefix = 'switchyard-shell-';
/** So few at a time that a download of a model, or an answer, does not have to wait. */
const atOnce = 4;

const shellCacheName = (version: string): string => prefix + version;

/** @throws Error when one of the files cannot be had; the browser then tries again at the next visit */
export async function installShell(version: string, files: readonly BuildFile[]): Promise<void> {
  const cache = await caches.open(shellCacheName(version));
  const waiting = files.values();
  const takeTurns = async () => {
    for (const file of waiting) await cache.put(file.path, await fetchChecked(file));
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, takeTurns));
  } catch (thrown) {
    await caches.delete(shellCacheName(version));
    throw thrown;
  }
}

export async function matchShell(version: string, path: string): Promise<Response | undefined> {
  const cache = await caches.open(shellCacheName(version));
  return cache.match(path, { ignoreVary: true });
}

export async function deleteOtherShells(version: string): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(prefix) && name !== shellCacheName(version));
  await Promise.all(others.map((name) => caches.delete(name)));
}
