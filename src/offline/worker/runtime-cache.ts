/** Workers and WebAssembly of the engines: kept from the moment that an engine is used, across versions. */
import { type BuildFile, type Runtime, stableName } from '../offline-build';
import type { KeptRuntime } from '../worker-request';
import { fetchChecked, isFile } from './fetch-checked';

export const runtimeCacheName = 'switchyard-runtimes';

export class RuntimeCache {
  readonly #runtimes: readonly Runtime[];
  readonly #files: ReadonlyMap<string, BuildFile>;
  /** What is on its way into the cache, by path: two tabs may ask for the same file at once. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(runtimes: readonly Runtime[]) {
    this.#runtimes = runtimes;
    this.#files = new Map(runtimes.flatMap(({ files }) => files.map((file) => [file.path, file])));
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /**
   * The file from the network, for whoever asked; a checked copy is kept on the way.
   * @param whenKept gets the work that goes on after the answer
   */
  async pass(request: Request, whenKept: (work: Promise<void>) => void): Promise<Response> {
    const { pathname } = new URL(request.url);
    const file = this.#files.get(pathname);
    if (!file) return fetch(request);
    const running = this.#running.get(pathname);
    if (running) {
      await running;
      const kept = await caches.match(pathname, { ignoreVary: true });
      if (kept) return kept;
    }
    const fetching = fetch(request);
    const keeping = fetching
      .then((response) => this.#keep(file, response.clone()))
      // The answer itself does not depend on it: without a copy, the next use asks the network again.
      .catch(() => undefined)
      .finally(() => this.#running.delete(pathname));
    this.#running.set(pathname, keeping);
    whenKept(keeping);
    return fetching;
  }

  /** For an engine that was started before this worker saw the page's requests. */
  async keep(entry: string): Promise<void> {
    const runtime = this.#runtimes.find((one) => one.entry === entry);
    await this.#fetchMissing(runtime?.files ?? []);
  }

  /**
   * Gets what this version has instead of the kept files, so that an update does not end the offline use of an
   * engine. Scripts are asked for again even when they are the same, because their headers may not be.
   */
  async bringForward(): Promise<void> {
    const cache = await caches.open(runtimeCacheName);
    const kept = new Set((await pathsOf(cache)).map(stableName));
    const wanted = [...this.#files.values()].filter(({ path }) => kept.has(stableName(path)));
    for (const file of wanted) {
      const isSame = (await cache.match(file.path, { ignoreVary: true })) !== undefined;
      if (isSame && file.path.endsWith('.wasm')) continue;
      await fetchChecked(file)
        .then((response) => cache.put(file.path, response))
        .catch(() => undefined);
    }
  }

  async list(): Promise<readonly KeptRuntime[]> {
    const kept = new Set(await pathsOf(await caches.open(runtimeCacheName)));
    return this.#runtimes
      .map(({ name, files }) => ({ name, bytes: sumOfBytes(files.filter(({ path }) => kept.has(path))) }))
      .filter(({ bytes }) => bytes > 0);
  }

  async clear(): Promise<void> {
    await caches.delete(runtimeCacheName);
  }

  async deleteOthers(): Promise<void> {
    const cache = await caches.open(runtimeCacheName);
    const others = (await pathsOf(cache)).filter((path) => !this.has(path));
    await Promise.all(others.map((path) => cache.delete(path, { ignoreVary: true })));
  }

  async #fetchMissing(files: readonly BuildFile[]): Promise<void> {
    const cache = await caches.open(runtimeCacheName);
    for (const file of files) {
      if (this.#running.has(file.path) || (await cache.match(file.path, { ignoreVary: true }))) continue;
      await cache.put(file.path, await fetchChecked(file));
    }
  }

  async #keep(file: BuildFile, response: Response): Promise<void> {
    if (response.status !== 200 || !(await isFile(response.clone(), file))) return;
    await (await caches.open(runtimeCacheName)).put(file.path, response);
  }
}

async function pathsOf(cache: Cache): Promise<string[]> {
  return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}

function sumOfBytes(files: readonly BuildFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
