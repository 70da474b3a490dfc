/** Tells a whole file from a partial or damaged one. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/**
 * @param {string} path
 * @param {{ bytes: number, sha256?: string }} expected without a hash, the size has to do
 */
export async function isWholeFile(path, expected) {
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== expected.bytes) return false;
  if (expected.sha256 === undefined) return true;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex') === expected.sha256;
}
