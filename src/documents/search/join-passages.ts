/** Makes passages of the chunks that were found: neighbours are joined to them, and no text comes twice. */
import type { Chunk } from '../../core/document';
import type { FusedHit } from './fuse';

export interface Joined {
  readonly documentId: string;
  /** The best chunk in it. */
  readonly hit: FusedHit;
  /** First and last chunk. */
  readonly first: number;
  readonly last: number;
}

/**
 * @param hits best first
 * @param neighbours chunks before and after each that belong to its passage
 * @returns at most as many as `passages`, in the order of their best chunks. Those that touch become one, and still count
 * each: one long document would end up as a single passage of everything otherwise.
 */
export function joinPassages(
  hits: readonly FusedHit[],
  chunksOf: (documentId: string) => ArrayLike<Pick<Chunk, 'start' | 'end'>>,
  { passages: limit, neighbours }: { readonly passages: number; readonly neighbours: number },
): Joined[] {
  let joined: Joined[] = [];
  let count = 0;
  for (const hit of hits) {
    const { documentId, chunk } = hit;
    const chunks = chunksOf(documentId);
    if (joined.some((one) => one.documentId === documentId && one.first <= chunk && chunk <= one.last))
      continue;
    if (count++ >= limit) break;
    const first = Math.max(0, chunk - neighbours);
    const last = Math.min(chunks.length - 1, chunk + neighbours);
    const added = { documentId, hit, first, last };
    const touching = joined.filter((one) => isTouching(one, added, chunks));
    const best = touching[0] ?? added;
    const whole = {
      ...best,
      first: Math.min(first, ...touching.map((one) => one.first)),
      last: Math.max(last, ...touching.map((one) => one.last)),
    };
    if (touching.length === 0) joined.push(whole);
    else joined = joined.flatMap((one) => (one === best ? [whole] : touching.includes(one) ? [] : [one]));
  }
  return joined;
}

/** Whether their texts overlap, or nothing but the gap between two chunks lies between them. */
function isTouching(one: Joined, other: Joined, chunks: ArrayLike<Pick<Chunk, 'start' | 'end'>>): boolean {
  if (one.documentId !== other.documentId) return false;
  const [before, after] = one.first <= other.first ? [one, other] : [other, one];
  if (after.first <= before.last + 1) return true;
  return (chunks[after.first]?.start ?? Infinity) < (chunks[before.last]?.end ?? 0);
}
