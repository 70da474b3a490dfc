/** A text in words or in sentences, by the rules of Unicode (UAX 29), so that none is lost in between. */

const words = new Intl.Segmenter('en', { granularity: 'word' });
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Words, and what stands between them; joined they are the text. */
export function wordsOf(text: string): string[] {
  return [...words.segment(text)].map(({ segment }) => segment);
}

/** Sentences with what follows them; joined they are the text. */
export function sentencesOf(text: string): string[] {
  return [...sentences.segment(text)].map(({ segment }) => segment);
}
