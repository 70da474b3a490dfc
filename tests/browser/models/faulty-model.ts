/** Models whose files a server breaks on demand; see tests/support/faulty-files.ts. */
import type { LocalModel, ModelFile } from '../../../src/core/local-model';
import type { ModelDownload } from '../../../src/models/download/model-download';
import type { ModelDownloads } from '../../../src/models/download/model-downloads';

export interface Served {
  readonly requests: number;
  readonly bytes: number;
  readonly ranges: readonly string[];
}

export const megabyte = 1_000_000;

/** @param faults the query of the file's address. @returns a model of its own name with one file */
export function faultyModel(
  bytes: number,
  faults: Record<string, string | number> = {},
  file: Partial<ModelFile> = {},
): LocalModel {
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ bytes: String(bytes) });
  for (const [name, value] of Object.entries(faults)) query.set(name, String(value));
  const source = new URL(`/faulty/${id}?${query.toString()}`, location.origin).href;
  return {
    id,
    engine: 'wllama',
    label: 'Faulty',
    files: [{ path: 'weights.bin', sources: [source], bytes, ...file }],
  };
}

export async function served({ id }: LocalModel): Promise<Served> {
  return (await (await fetch(`/faulty-log/${id}`)).json()) as Served;
}

export async function hashOf(bytes: number): Promise<string> {
  return (await fetch(`/faulty-hash/?bytes=${bytes}`)).text();
}

/** Resolves with the first state of this model that fits. */
export function until(
  downloads: ModelDownloads,
  { id }: LocalModel,
  fits: (download: ModelDownload) => boolean,
): Promise<ModelDownload> {
  return new Promise((resolve) => {
    const stop = downloads.onChange((states) => {
      const found = states.find(({ model }) => model.id === id);
      if (!found || !fits(found)) return;
      queueMicrotask(() => stop());
      resolve(found);
    });
  });
}

export function finished({ state }: ModelDownload): boolean {
  return state === 'ready' || state === 'failed';
}
