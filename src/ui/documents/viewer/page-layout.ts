/** Where the pages of a PDF lie under each other, so that only those in sight are drawn. Pure. */

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels. */
export interface PageBox extends PageSize {
  readonly top: number;
}

/** CSS pixels between two pages. */
const gap = 12;

/** All pages at one scale. @param width of the widest page */
export function layOutPages(sizes: readonly PageSize[], width: number): readonly PageBox[] {
  const widest = sizes.reduce((most, size) => Math.max(most, size.width), 1);
  const scale = width / widest;
  let top = gap;
  return sizes.map((size) => {
    const box = { top, width: size.width * scale, height: size.height * scale };
    top += box.height + gap;
    return box;
  });
}

export function heightOf(boxes: readonly PageBox[]): number {
  const last = boxes.at(-1);
  return last ? last.top + last.height + gap : 0;
}

/** Index of the page at a height; the last one that begins above it. */
export function boxAt(boxes: readonly PageBox[], top: number): number {
  let low = 0;
  let high = Math.max(0, boxes.length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((boxes[middle]?.top ?? 0) <= top) low = middle;
    else high = middle - 1;
  }
  return low;
}
