/** The worker's entry: hashes of files, reckoned in pieces, for WebCrypto would need each in memory as a whole. */
import { createCRC32, createSHA256 } from 'hash-wasm';
import type { HashReply, HashRequest } from './hash-message';

self.onmessage = ({ data }: MessageEvent<HashRequest>): void => {
  void hash(data).then((reply) => self.postMessage(reply));
};

async function hash({ id, content, algorithm }: HashRequest): Promise<HashReply> {
  try {
    const hasher = await (algorithm === 'crc32' ? createCRC32() : createSHA256());
    const reader = content.stream().getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) hasher.update(next.value);
    return { id, digest: hasher.digest('hex') };
  } catch (thrown) {
    return { id, said: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
