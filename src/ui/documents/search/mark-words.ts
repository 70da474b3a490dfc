/** Marks the words of a passage that a query asked for, endings and stop words left aside. Pure. */
import { guessLanguage } from '../../../documents/keywords/guess-language';
import { languageOf } from '../../../documents/keywords/languages';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

export interface TextPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Words below this length must be the same to the letter. */
const shortestStem = 4;
/** What two forms of a word may differ in at their end. */
const longestEnding = 3;

export function markWords(text: string, query: string): readonly TextPart[] {
  // In the language of the text, as they are searched for.
  const { stopWords } = languageOf(guessLanguage(text));
  const wanted = words(query)
    .map(({ folded }) => folded)
    .filter((word) => !stopWords.has(word));
  const parts: { text: string; isMarked: boolean }[] = [];
  let taken = 0;
  for (const { start, end, folded } of words(text)) {
    if (!wanted.some((word) => isFormOf(word, folded))) continue;
    if (start > taken) parts.push({ text: text.slice(taken, start), isMarked: false });
    parts.push({ text: text.slice(start, end), isMarked: true });
    taken = end;
  }
  if (taken < text.length) parts.push({ text: text.slice(taken), isMarked: false });
  return parts;
}

interface Word {
  readonly start: number;
  readonly end: number;
  /** Lower case, without accents. */
  readonly folded: string;
}

function words(text: string): readonly Word[] {
  return [...segmenter.segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment, index }) => ({
      start: index,
      end: index + segment.length,
      folded: segment.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase(),
    }));
}

function isFormOf(one: string, other: string): boolean {
  if (one === other) return true;
  let common = 0;
  while (common < one.length && one[common] === other[common]) common++;
  return common >= Math.max(shortestStem, Math.max(one.length, other.length) - longestEnding);
}
