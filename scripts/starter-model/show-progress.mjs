/** Counts bytes on their way to disk and says on stderr how far they are. */
import { say } from '../shared/say.mjs';

const everyMs = 2_000;

/**
 * @param {number} start bytes that were there before
 * @param {number} total bytes
 */
export function showProgress(start, total) {
  /** @param {AsyncIterable<Uint8Array>} chunks */
  return async function* counted(chunks) {
    let received = start;
    let lastSaid = Date.now();
    for await (const chunk of chunks) {
      received += chunk.length;
      if (Date.now() - lastSaid >= everyMs) {
        lastSaid = Date.now();
        say(`  ${megabytes(received)} of ${megabytes(total)} MB`);
      }
      yield chunk;
    }
  };
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
