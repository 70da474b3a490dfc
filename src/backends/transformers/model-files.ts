/** The model's files as the library wants to see them: it asks for addresses, and gets Blobs, never the network. */
import { env } from '@huggingface/transformers';
import type { OpenedFile } from '../../core/model-shelf';

/** The name under which the library asks for the one model of this worker. */
export const modelName = 'model';
const host = 'https://model.invalid/';

export function installModelFiles(files: readonly OpenedFile[]): void {
  const byPath = new Map(files.map(({ path, blob }) => [path, blob]));
  const find = (request: string): Response | undefined => {
    const blob = byPath.get(request.slice(`${host}${modelName}/`.length));
    return blob && new Response(blob, { headers: { 'Content-Length': String(blob.size) } });
  };
  env.allowLocalModels = false;
  env.allowRemoteModels = true;
  env.remoteHost = host;
  env.remotePathTemplate = '{model}/';
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: (request: string) => Promise.resolve(find(request)),
    put: () => Promise.resolve(),
  };
  env.fetch = (input) => {
    const response = typeof input === 'string' ? find(input) : undefined;
    return Promise.resolve(response ?? new Response(null, { status: 404, statusText: 'Not Found' }));
  };
}
