/** Where an answer that was asked for again takes up an earlier text: what it repeats of that text is left out. */

/** Fewer characters in common may be chance, unless they are the whole last word. */
const surelyRepeated = 12;
/** A model may open with a quotation mark or dots before it repeats the last words. */
const lead = /^[\s"'“”„«…]*/;

export interface Seam {
  /** What of it is new. Nothing while it may still be a repetition. */
  push(text: string): string;
  /** What was held back. Call once, at the end. */
  finish(): string;
}

/** @param before the text that is continued */
export function createSeam(before: string): Seam {
  let held = '';
  let isOpen = true;
  const close = (): string => {
    isOpen = false;
    return withoutOverlap(before, held);
  };
  return {
    push(text) {
      if (!isOpen) return text;
      held += text;
      return mayRepeat(before, held) ? '' : close();
    },
    finish: () => (isOpen ? close() : ''),
  };
}

function mayRepeat(before: string, after: string): boolean {
  const words = after.replace(lead, '');
  return words === '' || before.includes(after) || before.includes(words);
}

/** Pure. The part of `after` that follows the longest end of `before` it begins with. */
export function withoutOverlap(before: string, after: string): string {
  const end = before.trimEnd();
  const gap = before.slice(end.length);
  const words = after.replace(lead, '');
  for (const candidate of [after, words]) {
    const length = overlap(end, candidate);
    // What stands between the two texts already is not written twice.
    if (length > 0) return withoutGap(candidate.slice(length), gap);
  }
  const rest = gap === '' ? after : after.trimStart();
  return needsSpace(before, rest) ? ` ${rest}` : rest;
}

function withoutGap(rest: string, gap: string): string {
  return gap === '' ? rest : rest.trimStart();
}

/** Length of the longest end of `before` that `after` begins with, if it is no chance. */
function overlap(before: string, after: string): number {
  for (let length = Math.min(before.length, after.length); length > 0; length--) {
    const at = before.length - length;
    if (!after.startsWith(before.slice(at))) continue;
    if (length >= surelyRepeated || isLastWord(before, at)) return length;
  }
  return 0;
}

/** Two letters or more from the start of a word to the end. */
function isLastWord(before: string, at: number): boolean {
  return (
    before.length - at >= 2 &&
    /(^|[^\p{L}\p{N}])$/u.test(before.slice(0, at)) &&
    /\p{L}/u.test(before.slice(at))
  );
}

/** A new turn begins without the space that follows a sentence. */
function needsSpace(before: string, after: string): boolean {
  return /[.,;:!?]$/.test(before) && /^\p{L}/u.test(after);
}
