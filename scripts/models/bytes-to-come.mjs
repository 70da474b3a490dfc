/** How much of some files still has to be downloaded, after an earlier run that was stopped. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {readonly import('../../src/core/local-model').ModelFile[]} files
 * @param {string} staging the folder in which they arrive: whole, or as `<path>.part`
 * @returns {Promise<number>} bytes
 */
export async function bytesToCome(files, staging) {
  const rests = files.map(async ({ path, bytes, sha256 }) => {
    const whole = await sizeOf(join(staging, path));
    // A part without a hash is dropped: nothing could tell which version of the file it belongs to.
    const arrived = whole || (sha256 === undefined ? 0 : await sizeOf(join(staging, `${path}.part`)));
    return Math.max(0, bytes - arrived);
  });
  return (await Promise.all(rests)).reduce((sum, rest) => sum + rest, 0);
}

/** @param {string} path */
async function sizeOf(path) {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
