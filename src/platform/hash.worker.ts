/** The worker's entry: SHA-256 of files in pieces, for WebCrypto would need each in memory as a whole. */
import { createSHA256 } from 'hash-wasm';
import type { HashReply, HashRequest } from './hash-message';

self.onmessage = ({ data }: MessageEvent<HashRequest>): void => {
  void hash(data).then((reply) => self.postMessage(reply));
};

async function hash({ id, content }: HashRequest): Promise<HashReply> {
  try {
    const hasher = await createSHA256();
    const reader = content.stream().getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) hasher.update(next.value);
    return { id, sha256: hasher.digest('hex') };
  } catch (thrown) {
    return { id, said: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
