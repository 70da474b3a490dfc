/** The part of a passage in which most of the words that were looked for stand together. Pure. */
import { markWords, type TextPart } from './mark-words';

/** UTF-16 units; about six lines. */
const length = 420;
/** How much of what stands before the first marked word is shown. */
const lead = 60;

/** Marked; with `…` where text is left out at its beginning. */
export function excerpt(text: string, query: string): readonly TextPart[] {
  const parts = markWords(text, query);
  let offset = 0;
  const marks = parts.flatMap((part) => {
    const start = offset;
    offset += part.text.length;
    return part.isMarked ? [start] : [];
  });
  const counts = marks.map(
    (start) => marks.filter((other) => other >= start && other < start + length).length,
  );
  const best = marks[counts.indexOf(Math.max(...counts))] ?? 0;
  if (best <= lead) return parts;
  const from = text.indexOf(' ', best - lead) + 1;
  return [{ text: '… ', isMarked: false }, ...markWords(text.slice(from), query)];
}
