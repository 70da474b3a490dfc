/** Where a paragraph begins on a page: by the distance of its lines, their size, a bullet or an indentation. */
import type { TextLine } from './text-lines';

/** Of sizes: small capitals and a word in another font differ by less. */
const otherSize = 1.15;
/** Of distances between lines. */
const widerStep = 1.35;
/** Of a line's size: what is nearer stands on the same line, as the next cell of a table. */
const sameLine = 0.5;
/** Of a line's size. */
const leastIndent = 0.8;
const mostIndent = 4;

const endsSentence = /[.!?:;…。！？]["'”’)\]]*$/;
export const bullet = /^[•▪◦‣●■○–]\s/;

/** @returns the usual distance of two lines of a page; Infinity where it has no two */
export function usualStep(lines: readonly TextLine[]): number {
  const steps = lines.flatMap((line, index) => {
    const before = lines[index - 1];
    if (!before || !isLike(before.size, line.size)) return [];
    const step = line.across - before.across;
    return step > sameLine * line.size ? [step] : [];
  });
  steps.sort((one, other) => one - other);
  // Not the median: on a page of short paragraphs most distances are wider than those within.
  return steps[Math.floor(steps.length / 4)] ?? Infinity;
}

export function startsParagraph(before: TextLine, line: TextLine, usual: number): boolean {
  const step = line.across - before.across;
  if (Math.abs(step) <= sameLine * line.size) return false;
  if (step < 0 || step > usual * widerStep || !isLike(before.size, line.size) || bullet.test(line.text))
    return true;
  const indent = (line.along - before.along) / (line.size || 1);
  return indent > leastIndent && indent < mostIndent && endsSentence.test(before.text);
}

function isLike(one: number, other: number): boolean {
  return Math.max(one, other) <= Math.min(one, other) * otherSize;
}
