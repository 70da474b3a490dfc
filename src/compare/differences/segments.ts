/** A text in words or in sentences, by the rules of Unicode (UAX 29), so that none is lost in between. */

const words = new Intl.Segmenter('en', { granularity: 'word' });
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Words, and what stands between them; joined they are the text. Between spaces each: the time that V8 takes for a
 * segment grows with the length of the text.
 */
export function wordsOf(text: string): string[] {
  const pieces = text.match(/\s+|\S+/g) ?? [];
  return pieces.flatMap((piece) => (plain.test(piece) ? piece : segmentsOf(piece)));
}

/** Letters and digits without a break in them, and spaces. */
const plain = /^(?:[A-Za-z\d]+|\s+)$/;

function segmentsOf(piece: string): string[] {
  return [...words.segment(piece)].map(({ segment }) => segment);
}

/** Sentences with what follows them; joined they are the text. */
export function sentencesOf(text: string): string[] {
  return [...sentences.segment(text)].map(({ segment }) => segment);
}
