/** Transformers.js alone with its browser cache, and a person who tries again until the model is there. */
import { AutoConfig, env } from '@huggingface/transformers';
import type { Wanted } from './subject';

const mostAttempts = 100;

/**
 * A configuration is fetched and kept by the same function as weights. ONNX Runtime would go on with the weights,
 * which is no part of a download; with a configuration the library only finds out that the bytes are no JSON.
 */
export async function transformers({ name, url, bytes }: Wanted): Promise<void> {
  const { origin } = new URL(url);
  env.allowLocalModels = false;
  env.remoteHost = `${origin}/`;
  env.remotePathTemplate = '{model}/';
  // Its own addresses cannot carry what the server is to do. `no-store`: see bench/download.mjs.
  env.fetch = (_address, init?: RequestInit) => fetch(url, { ...init, cache: 'no-store' });
  const cache = await caches.open(env.cacheKey);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const failure: unknown = await AutoConfig.from_pretrained(name).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const kept = await cache.match(`${origin}/${name}/config.json`);
    if (Number(kept?.headers.get('content-length')) === bytes) return;
    if (kept) throw new Error('It kept something else.', { cause: failure });
  }
  throw new Error(`It did not come in ${mostAttempts} attempts.`);
}
