/**
 * Gives WebLLM its files out of the shelf's Blobs. It reads everything through the browser's Cache Storage, so it
 * gets one that already holds the whole model: it downloads nothing and stores nothing.
 */
import { BackendError } from '../../core/backend-error';
import type { OpenedFile } from '../../core/model-shelf';
import { filesUrl, urlOf } from './model-record';

/** The part of a Cache that WebLLM uses. */
export class FileCache implements Pick<Cache, 'match' | 'add' | 'keys' | 'delete'> {
  readonly #blobs: ReadonlyMap<string, Blob>;

  constructor(files: readonly OpenedFile[]) {
    this.#blobs = new Map(files.map(({ path, blob }) => [urlOf(path), blob]));
  }

  /** A Blob is read only when its content is asked for, so no more than one part lies in memory at a time. */
  match(request: RequestInfo | URL): Promise<Response | undefined> {
    const blob = this.#blobs.get(urlFrom(request));
    return Promise.resolve(blob && new Response(blob));
  }

  /** Called for what is not there, to download it. */
  add(request: RequestInfo | URL): Promise<void> {
    const path = urlFrom(request).replace(filesUrl, '');
    return Promise.reject(
      new BackendError('load-failed', `The model lacks a file that it needs: ${path}.`, {
        hint: 'Choose another build of this model.',
      }),
    );
  }

  keys(): Promise<readonly Request[]> {
    return Promise.resolve([...this.#blobs.keys()].map((url) => new Request(url)));
  }

  delete(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

/** For the rest of this worker's life, which ends with the model. */
export function installFileCache(files: readonly OpenedFile[]): void {
  const cache = new FileCache(files);
  Object.defineProperty(globalThis, 'caches', {
    value: { open: () => Promise.resolve(cache) },
    configurable: true,
  });
}

function urlFrom(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
