/** Says on stderr from time to time how far a download is. */
import { say } from './say.mjs';

const everyMs = 2_000;

/**
 * @param {string} name of the file
 * @param {number} total bytes
 * @param {() => number} [now] milliseconds
 * @returns {(received: number) => void} to be called with the bytes that are there
 */
export function progressTeller(name, total, now = Date.now) {
  let last = { at: now(), received: 0 };
  return (received) => {
    const seconds = (now() - last.at) / 1000;
    if (seconds * 1000 < everyMs) return;
    // The first figure would count what an earlier attempt brought.
    const speed =
      last.received > 0 ? `, ${((received - last.received) / seconds / 1e6).toFixed(1)} MB/s` : '';
    last = { at: now(), received };
    say(`  ${name}: ${megabytes(received)} of ${megabytes(total)} MB${speed}`);
  };
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
