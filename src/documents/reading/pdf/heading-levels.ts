/** Which paragraphs of a PDF are headings: a PDF tells only how large its letters are. */

/** A paragraph, as far as it matters here. */
interface SizedText {
  readonly text: string;
  /** Points. */
  readonly size: number;
}

/** Of the size that most of the text has. */
const largerThanBody = 1.15;
/** UTF-16 units; a quote in large letters is longer. */
const longest = 200;
/** Lines of a table of contents lead to their page number by dots. */
const leader = /(?:[.·…] ?){4}/;
const mostLevels = 6;

/** @returns the level of a paragraph, 1 to 6, undefined for one that is no heading */
export function headingLevels(
  paragraphs: readonly SizedText[],
): (paragraph: SizedText) => number | undefined {
  const body = bodySize(paragraphs);
  const isLarge = ({ text, size }: SizedText): boolean =>
    rounded(size) >= body * largerThanBody && text.length <= longest && !leader.test(text);
  const sizes = [...new Set(paragraphs.filter(isLarge).map(({ size }) => rounded(size)))];
  sizes.sort((one, other) => other - one);
  return (paragraph) =>
    isLarge(paragraph) ? Math.min(mostLevels, sizes.indexOf(rounded(paragraph.size)) + 1) : undefined;
}

function bodySize(paragraphs: readonly SizedText[]): number {
  const lengths = new Map<number, number>();
  for (const { text, size } of paragraphs)
    lengths.set(rounded(size), (lengths.get(rounded(size)) ?? 0) + text.length);
  let [body, most] = [0, 0];
  for (const [size, length] of lengths) if (length > most) [body, most] = [size, length];
  return body;
}

/** To half a point: writers of PDF compute sizes with errors. */
function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}
