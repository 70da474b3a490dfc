/** Where the letters of a passage lie on a page of a PDF. Pure. */
import type { TextItem } from 'pdfjs-dist/types/src/display/api';
import type { TextSpan } from '../reading/pdf/pdf-text';

/** Shares of the page, 0 to 1, from its upper left corner: they hold at every zoom. */
export interface PassageMark {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of the height of the letters: the strip reaches from below the baseline to above the capitals. */
const below = 0.24;
const above = 0.94;

/** The page as it is shown, turned where its file says so. */
export interface ShownPage {
  readonly width: number;
  readonly height: number;
  /** From the file's coordinates to the shown ones. */
  convertToViewportPoint(x: number, y: number): number[];
}

/**
 * @param range offsets in UTF-16 units of the page's text
 * @returns one mark for each piece of text that the passage touches
 */
export function passageMarks(
  items: readonly TextItem[],
  spans: readonly TextSpan[],
  range: { readonly start: number; readonly end: number },
  page: ShownPage,
): readonly PassageMark[] {
  return spans.flatMap((span) => {
    const item = items[span.item];
    const from = Math.max(span.start, range.start) - span.start;
    const until = Math.min(span.end, range.end) - span.start;
    const text = item?.str.slice(from, until) ?? '';
    return item && text.trim() !== '' ? [{ text, ...place(item, from, until, page) }] : [];
  });
}

/** A file tells the width of a piece, not of its letters: they are taken to be equally wide. */
function place(item: TextItem, from: number, until: number, page: ShownPage): Omit<PassageMark, 'text'> {
  // [a b c d e f] of ISO 32000-1, 8.3.3: (a, b) points along the line, (c, d) up, (e, f) is where it begins.
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform as number[];
  const alongLength = Math.hypot(a, b) || 1;
  const upLength = Math.hypot(c, d) || 1;
  const size = item.height > 0 ? item.height : upLength;
  const letters = Math.max(1, item.str.length);
  const corners = [
    [from, -below],
    [until, -below],
    [from, above],
    [until, above],
  ].map(([letter = 0, rise = 0]) => {
    const along = (item.width * letter) / letters / alongLength;
    const up = (size * rise) / upLength;
    return page.convertToViewportPoint(e + a * along + c * up, f + b * along + d * up);
  });
  const xs = corners.map(([x = 0]) => x / page.width);
  const ys = corners.map(([, y = 0]) => y / page.height);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}
