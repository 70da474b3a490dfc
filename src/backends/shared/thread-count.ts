/** How many threads an engine's WebAssembly gets. */

/** More threads than this fight for memory bandwidth. */
const mostThreads = 8;

/**
 * Half of the logical processors: the engines' threads wait by spinning, so one too many slows all of them
 * down. 1 where the page is not cross-origin isolated: threads need shared memory.
 */
export function threadCount(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.min(mostThreads, Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)));
}
