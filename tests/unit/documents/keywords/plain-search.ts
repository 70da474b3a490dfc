/** BM25 over two fields as one would write it first: every chunk is counted anew for every question. In English. */
import type { KeywordChunk, KeywordHit } from '../../../../src/documents/keywords/keyword-index';
import { feedbackWords } from '../../../../src/documents/keywords/feedback';
import { languageOf } from '../../../../src/documents/keywords/languages';
import { partsOf } from '../../../../src/documents/keywords/parts-of';

const english = languageOf('en');

function termsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}_]+(?:[.,]\d+)*/gu) ?? [])
    .flatMap((word) => partsOf(word))
    .filter((part) => !english.stopWords.has(part))
    .flatMap((part) => english.stemsOf(part));
}

interface Hit extends KeywordHit {
  readonly text: string[];
  readonly headings: string[];
}

/** Best first. */
export function plainSearch(documents: ReadonlyMap<string, readonly KeywordChunk[]>, query: string): Hit[] {
  const all = [...documents].flatMap(([documentId, chunks]) =>
    chunks.map(({ text, headings }, chunk) => {
      return { documentId, chunk, text: termsOf(text), headings: headings.flatMap(termsOf) };
    }),
  );
  const usual = all.reduce((sum, { text }) => sum + text.length, 0) / all.length || 1;
  const rarityOf = (term: string): number => {
    const frequency = all.filter((one) => one.text.includes(term) || one.headings.includes(term)).length;
    return Math.log(1 + (all.length - frequency + 0.5) / (frequency + 0.5));
  };
  const weightIn = ({ text, headings }: { text: string[]; headings: string[] }, term: string): number => {
    const inText = Math.min(63, text.filter((one) => one === term).length);
    const inHeadings = Math.min(3, headings.filter((one) => one === term).length);
    const times = inText / (1 - 0.75 + 0.75 * (text.length / usual)) + inHeadings;
    return (times * (1.2 + 1)) / (times + 1.2);
  };
  const asked = termsOf(query);
  const known = [...new Set(asked)].filter((term) => all.some((one) => weightIn(one, term) > 0));
  const timesOf = (term: string): number => asked.filter((one) => one === term).length;
  const inOrder = (hits: readonly Hit[]): Hit[] => hits.toSorted((one, other) => other.score - one.score);
  const hits = inOrder(
    all
      .map((one) => {
        const scores = known.map((term) => timesOf(term) * rarityOf(term) * weightIn(one, term));
        return { ...one, score: scores.reduce((sum, score) => sum + score, 0) };
      })
      .filter(({ score }) => score > 0),
  );
  if (known.length < 3) return hits;
  const best = hits.slice(0, 3).map(({ text, score }) => ({ terms: text, score }));
  const total = known.reduce((sum, term) => sum + timesOf(term), 0);
  const more = feedbackWords(best, rarityOf);
  return inOrder(
    hits.map((one) => {
      const scores = more.map(
        ([term, weight]) => 0.67 * total * weight * rarityOf(term) * weightIn(one, term),
      );
      return { ...one, score: scores.reduce((sum, score) => sum + score, one.score) };
    }),
  );
}
