/** The part of a passage in which most of the words that were looked for stand together. Pure. */
import { markWords, type TextPart } from './mark-words';

/** UTF-16 units; about six lines. */
const length = 420;
/** More than is ever in view, and no more than can be drawn at once: UTF-16 units, and lines of their own. */
const longest = 1000;
const mostLines = 8;
/** How much of what stands before the first marked word is shown. */
const lead = 60;

/** Marked; with `…` where text is left out at its beginning or end. */
export function excerpt(text: string, query: string): readonly TextPart[] {
  const parts = markWords(text, query);
  const best = fullestWindow(marksOf(parts));
  const from = best <= lead ? 0 : text.indexOf(' ', best - lead) + 1;
  const until = endInView(text, from);
  return [
    ...(from > 0 ? [{ text: '… ', isMarked: false }] : []),
    ...partsBetween(parts, from, until),
    ...(until < text.length ? [{ text: ' …', isMarked: false }] : []),
  ];
}

/** The end of the text, of a line or of a word, as far as one can be seen. */
function endInView(text: string, from: number): number {
  const inView = text.slice(from, from + longest);
  const lines = inView.split('\n').slice(0, mostLines).join('\n');
  if (lines.length < inView.length) return from + lines.length;
  if (from + longest >= text.length) return text.length;
  const lastWord = inView.lastIndexOf(' ');
  return lastWord > 0 ? from + lastWord : from + longest;
}

/** Where each marked word starts, in their order. */
function marksOf(parts: readonly TextPart[]): readonly number[] {
  let offset = 0;
  return parts.flatMap((part) => {
    const start = offset;
    offset += part.text.length;
    return part.isMarked ? [start] : [];
  });
}

/** The mark with which the window begins that holds most marks. */
function fullestWindow(marks: readonly number[]): number {
  let best = { start: 0, count: 0 };
  let end = 0;
  for (const [index, start] of marks.entries()) {
    while (end < marks.length && (marks[end] ?? 0) < start + length) end++;
    if (end - index > best.count) best = { start, count: end - index };
  }
  return best.start;
}

function partsBetween(parts: readonly TextPart[], from: number, until: number): readonly TextPart[] {
  let offset = 0;
  return parts.flatMap(({ text, isMarked }) => {
    const start = offset;
    offset += text.length;
    const inside = text.slice(Math.max(0, from - start), Math.max(0, until - start));
    return inside ? [{ text: inside, isMarked }] : [];
  });
}
