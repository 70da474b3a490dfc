/**
 * How much a word tells about a chunk: BM25 over two fields (Robertson, Zaragoza: The Probabilistic Relevance Framework,
 * 2009, 3.6). Chosen on half of the queries of Cranfield, see `npm run bench -- rag`.
 */

/** k1: how soon more of the same word tells nothing more. */
const saturation = 1.2;
/** b: how much a long text has to say a word more often, 0 to 1. */
const lengthWeight = 0.75;
/** One occurrence in the headings is worth so many in a text of usual length. */
const headingWeight = 1;

/** How much is said by a word that `frequency` of `total` chunks have: above 0, the rarer the more. */
export function rarity(frequency: number, total: number): number {
  return Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));
}

/** What the times in the text are divided by. @param share length of the text by the usual length */
export function lengthFactor(share: number): number {
  return 1 - lengthWeight + lengthWeight * share;
}

/** 0 to k1 + 1. */
export function occurrenceWeight(textTimes: number, headingTimes: number, factor: number): number {
  const times = textTimes / factor + headingWeight * headingTimes;
  return (times * (saturation + 1)) / (times + saturation);
}
