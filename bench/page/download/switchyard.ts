/** Our downloader, as the Models screen uses it. */
import type { LocalModel } from '../../../src/core/local-model';
import { ModelDownloads } from '../../../src/models/download/model-downloads';
import type { Wanted } from './subject';

const downloads = new ModelDownloads();
const { signal } = new AbortController();

export async function switchyard({ name, url, bytes, sha256 }: Wanted): Promise<void> {
  const file = { path: 'weights.bin', sources: [url], bytes, ...(sha256 !== undefined && { sha256 }) };
  const model: LocalModel = { id: name, engine: 'wllama', label: name, files: [file] };
  const { files, notice } = await downloads.open(model, () => undefined, signal);
  if (notice !== undefined) throw new Error(notice);
  if (files[0]?.blob.size !== bytes) throw new Error(`${files[0]?.blob.size ?? 0} of ${bytes} bytes came.`);
}
