/** Text items of a PDF page as lines. */
import type { TextItem } from 'pdfjs-dist/types/src/display/api';

export interface LinePiece {
  /** Index among the page's items. */
  readonly item: number;
  /** The item's text; of the last piece without blanks at the end. */
  readonly text: string;
}

/** Lengths in points. */
export interface TextLine {
  readonly pieces: readonly LinePiece[];
  readonly text: string;
  /** Height of most letters. */
  readonly size: number;
  /** Where it begins in the direction of writing. */
  readonly along: number;
  /** Where it stands across that: larger is further down. */
  readonly across: number;
}

/** @param items undefined for what is no text. Lines that hold nothing but blanks are left out. */
export function linesOf(items: readonly (TextItem | undefined)[]): readonly TextLine[] {
  const lines: TextLine[] = [];
  let open: { item: number; value: TextItem }[] = [];
  const close = (): void => {
    const line = toLine(open);
    if (line) lines.push(line);
    open = [];
  };
  for (const [item, value] of items.entries()) {
    if (!value) continue;
    open.push({ item, value });
    if (value.hasEOL) close();
  }
  close();
  return lines;
}

function toLine(items: readonly { item: number; value: TextItem }[]): TextLine | undefined {
  const first = items.findIndex(({ value }) => value.str.trim() !== '');
  const last = items.findLastIndex(({ value }) => value.str.trim() !== '');
  const start = items[first]?.value;
  if (!start) return undefined;
  const pieces = items.slice(first, last + 1).flatMap(({ item, value }, index): LinePiece[] => {
    const text = first + index === last ? value.str.trimEnd() : value.str;
    return text === '' ? [] : [{ item, text }];
  });
  const text = pieces.map((piece) => piece.text).join('');
  return { pieces, text, size: sizeOf(items), ...placeOf(start) };
}

/** Of the item with the most text: a footnote's mark is smaller than its line. */
function sizeOf(items: readonly { value: TextItem }[]): number {
  let longest: TextItem | undefined;
  for (const { value } of items)
    if (value.str.trim().length > (longest?.str.trim().length ?? 0)) longest = value;
  return longest ? heightOf(longest) : 0;
}

function heightOf({ height, transform }: TextItem): number {
  const [, , c = 0, d = 0] = transform as number[];
  return height > 0 ? height : Math.hypot(c, d);
}

/** The transform is [a b c d e f] of ISO 32000-1, 8.3.3: (a, b) points along the line, (e, f) is where it begins. */
function placeOf({ transform }: TextItem): { along: number; across: number } {
  const [a = 1, b = 0, , , e = 0, f = 0] = transform as number[];
  const length = Math.hypot(a, b) || 1;
  return { along: (e * a + f * b) / length, across: (e * b - f * a) / length };
}
