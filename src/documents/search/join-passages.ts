/** Makes passages of the chunks that were found: neighbours are joined to them, and no text comes twice. */
import type { Chunk } from '../../core/document';
import { usualChunks } from '../chunking/chunk-options';
import type { FusedHit } from './fuse';

export interface Joined {
  readonly documentId: string;
  /** The best chunk in it. */
  readonly hit: FusedHit;
  /** First and last chunk. */
  readonly first: number;
  readonly last: number;
}

type Sized = Partial<Pick<Chunk, 'start' | 'end' | 'tokens'>>;

export interface JoinOptions {
  /** At most so many. */
  readonly passages: number;
  /** Chunks before and after each that belong to its passage. */
  readonly neighbours: number;
  /** Tokens from which on nothing is joined any more; absent for no limit. A chunk alone may be longer. */
  readonly longest?: number | undefined;
}

/**
 * @param hits best first
 * @returns in the order of their best chunks. Those that touch become one, and still count each: one long document would
 * end up as a single passage of everything otherwise.
 */
export function joinPassages(
  hits: readonly FusedHit[],
  chunksOf: (documentId: string) => ArrayLike<Sized>,
  { passages: limit, neighbours, longest = Infinity }: JoinOptions,
): Joined[] {
  let joined: Joined[] = [];
  let count = 0;
  for (const hit of hits) {
    const { documentId, chunk } = hit;
    const chunks = chunksOf(documentId);
    const others = joined.filter((one) => one.documentId === documentId);
    const isTaken = (place: number) => others.some(({ first, last }) => first <= place && place <= last);
    if (isTaken(chunk)) continue;
    if (count++ >= limit) break;
    const isShort = ({ first, last }: Range) => tokensOf(chunks, first, last) <= longest;
    const added = { documentId, hit, ...widened(chunk, neighbours, chunks.length, isTaken, isShort) };
    let whole: Joined = added;
    const taken: Joined[] = [];
    for (const one of others.filter((other) => isTouching(other, added, chunks))) {
      const both = { first: Math.min(one.first, whole.first), last: Math.max(one.last, whole.last) };
      if (!isShort(both)) continue;
      whole = { ...(taken[0] ?? one), ...both };
      taken.push(one);
    }
    if (taken.length === 0) joined.push(whole);
    else joined = joined.flatMap((one) => (one === taken[0] ? [whole] : taken.includes(one) ? [] : [one]));
  }
  return joined;
}

type Range = Pick<Joined, 'first' | 'last'>;

/** What comes after first: it is more often what the chunk leads to. */
function widened(
  chunk: number,
  neighbours: number,
  count: number,
  isTaken: (place: number) => boolean,
  isShort: (range: Range) => boolean,
): Range {
  let range = { first: chunk, last: chunk };
  for (let distance = 1; distance <= neighbours; distance++) {
    const after = { ...range, last: chunk + distance };
    const isNext = range.last === chunk + distance - 1 && after.last < count && !isTaken(after.last);
    if (isNext && isShort(after)) range = after;
    const before = { ...range, first: chunk - distance };
    const isPrevious = range.first === chunk - distance + 1 && before.first >= 0 && !isTaken(before.first);
    if (isPrevious && isShort(before)) range = before;
  }
  return range;
}

/** Where nobody told, chunks are as long as usual. */
function tokensOf(chunks: ArrayLike<Sized>, first: number, last: number): number {
  let tokens = 0;
  for (let place = first; place <= last; place++) tokens += chunks[place]?.tokens ?? usualChunks.tokens;
  return tokens;
}

/** Whether their texts overlap, or nothing but the gap between two chunks lies between them. */
function isTouching(one: Joined, other: Joined, chunks: ArrayLike<Sized>): boolean {
  if (one.documentId !== other.documentId) return false;
  const [before, after] = one.first <= other.first ? [one, other] : [other, one];
  if (after.first <= before.last + 1) return true;
  return (chunks[after.first]?.start ?? Infinity) < (chunks[before.last]?.end ?? 0);
}
