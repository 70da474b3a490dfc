/** Where two texts part. */
import { wordsOf } from './segments';

export interface FirstDifference {
  /** From 1: the first word that is not in both at its place. */
  readonly word: number;
  /** The words before it, a few at most. */
  readonly before: string;
  /** How each goes on, a few words at most; empty where it ends there. */
  readonly first: string;
  readonly second: string;
}

/** Words that are shown on each side. */
const shownWords = 6;

/** Undefined where they are the same to the last character. */
export function firstDifference(first: string, second: string): FirstDifference | undefined {
  if (first === second) return undefined;
  const [one, other] = [wordsOf(first), wordsOf(second)];
  const shorter = Math.min(one.length, other.length);
  let at = 0;
  while (at < shorter && one[at] === other[at]) at++;
  return {
    word: one.slice(0, at).filter(isWord).length + 1,
    before: one.slice(startOf(one, at), at).join(''),
    first: one.slice(at, endOf(one, at)).join(''),
    second: other.slice(at, endOf(other, at)).join(''),
  };
}

function isWord(segment: string): boolean {
  return /[\p{L}\p{N}]/u.test(segment);
}

function startOf(segments: readonly string[], at: number): number {
  let start = at;
  for (let words = 0; start > 0 && words < shownWords; start--)
    if (isWord(segments[start - 1] ?? '')) words++;
  return start;
}

function endOf(segments: readonly string[], at: number): number {
  let end = at;
  for (let words = 0; end < segments.length && words < shownWords; end++)
    if (isWord(segments[end] ?? '')) words++;
  return end;
}
