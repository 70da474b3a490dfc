/** Finds citations in a text: [1], [1, 2], [1-3], [1][3]. A number without a passage stays plain text. */

/** Plain text, or the number of a passage from 1. */
export type CitedPart = string | { readonly cites: number };

/** What small models write as well: `[Passage 1]`, `【1】`; and servers that search themselves: `[doc1]`. */
const group = /\[(?:passages?\s*|doc\s?)?(\d{1,3}(?:\s*(?:[,;–-]|and)\s*\d{1,3})*)\]|【(\d{1,3})】/gi;
const piece = /(\d+)(?:\s*[–-]\s*(\d+))?/g;

/**
 * @param text a run of text without code
 * @param count how many passages there are
 * @returns parts that, joined, show the whole text; neighbouring citations follow each other directly
 */
export function parseCitations(text: string, count: number): CitedPart[] {
  const parts: CitedPart[] = [];
  let end = 0;
  for (const match of text.matchAll(group)) {
    const numbers = numbersIn(match[1] ?? match[2] ?? '');
    const known = numbers.filter((number) => number >= 1 && number <= count);
    if (known.length === 0) continue;
    const before = text.slice(end, match.index);
    if (before !== '') parts.push(before);
    parts.push(...known.map((cites) => ({ cites })));
    const unknown = numbers.filter((number) => !known.includes(number));
    if (unknown.length > 0) parts.push(`[${unknown.join(', ')}]`);
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push(text.slice(end));
  return parts;
}

/** The passages that a whole answer cites, each once, in the order in which they are cited first. Code does not count. */
export function citedNumbers(markdown: string, count: number): number[] {
  const prose = markdown
    .replaceAll(/^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[`~]*[ \t]*$|$(?![\s\S]))/gm, '')
    .replaceAll(/(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
  const cited = parseCitations(prose, count).flatMap((part) => (typeof part === 'string' ? [] : part.cites));
  return [...new Set(cited)];
}

function numbersIn(list: string): number[] {
  const numbers = [...list.matchAll(piece)].flatMap(([, first, last]) => {
    const from = Number(first);
    const until = last === undefined ? from : Number(last);
    // A range the wrong way round, or over everything, is no range.
    if (until < from || until - from > 20) return [from, until];
    return Array.from({ length: until - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(numbers)];
}
