/** The sentences of an answer, so written that two that say the same in the same words are alike. */
import type { Said } from './agreement';
import { sentencesOf } from './segments';

/** Lines that only structure a text, and marks of Markdown around one. */
const leadingMarks = /^[\s>#*+-]*(?:\d+[.)]\s+)?/;

/** Headings and items of a list end with their line, though no full stop follows. */
export function saidSentences(text: string): Said[] {
  return text
    .split('\n')
    .flatMap((line) => sentencesOf(line.replace(leadingMarks, '')))
    .map((sentence) => ({ key: keyOf(sentence), text: sentence.trim() }))
    .filter(({ key }) => key !== '');
}

/** Case, marks, and the space between words do not count. */
function keyOf(sentence: string): string {
  const words =
    sentence
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join(' ');
}
