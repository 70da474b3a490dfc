/** The one place that turns the text items of a PDF page into text, so that reader and viewer count the same offsets. */
import type { TextContent } from 'pdfjs-dist/types/src/display/api';
import { linesOf, type TextLine } from './text-lines';
import { startsParagraph, usualStep } from './paragraph-break';

/** `text.slice(start, end)` is the beginning of the item's own text, all of it or all but a hyphen at its end. */
export interface TextSpan {
  /** Offsets in UTF-16 units of the page's text. */
  readonly start: number;
  readonly end: number;
  /** Index in `TextContent.items`. */
  readonly item: number;
}

export interface PageParagraph {
  readonly start: number;
  readonly end: number;
  /** What lies at the offsets. */
  readonly text: string;
  /** Height of its letters in points. */
  readonly size: number;
}

export interface PageText {
  readonly text: string;
  readonly spans: readonly TextSpan[];
  /** In order; without blank ends. */
  readonly paragraphs: readonly PageParagraph[];
}

const hyphenated = /\p{L}[-\u00AD\u2010]$/u;
const goesOn = /^\p{Ll}/u;

/** Lines end with `\n`, paragraphs with an empty line. A word that was divided at the end of a line is whole again. */
export function pageText({ items }: Pick<TextContent, 'items'>): PageText {
  const writer = new PageWriter();
  const lines = linesOf(items.map((item) => ('str' in item ? item : undefined)));
  const step = usualStep(lines);
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || startsParagraph(before, line, step)) writer.startParagraph(line.size);
    else writer.startLine(line);
    writer.addLine(line);
  }
  return writer.finish();
}

class PageWriter {
  #text = '';
  readonly #spans: TextSpan[] = [];
  readonly #paragraphs: PageParagraph[] = [];
  #start = 0;
  #size: number | undefined;

  startParagraph(size: number): void {
    this.#endParagraph();
    if (this.#text !== '') this.#text += '\n\n';
    this.#start = this.#text.length;
    this.#size = size;
  }

  startLine(line: TextLine): void {
    const last = this.#spans.at(-1);
    if (!last || !hyphenated.test(this.#text.slice(-3)) || !goesOn.test(line.text)) {
      this.#text += '\n';
      return;
    }
    this.#text = this.#text.slice(0, -1);
    this.#spans[this.#spans.length - 1] = { ...last, end: this.#text.length };
  }

  addLine(line: TextLine): void {
    for (const { item, text } of line.pieces) {
      const start = this.#text.length;
      this.#text += text;
      this.#spans.push({ start, end: this.#text.length, item });
    }
  }

  finish(): PageText {
    this.#endParagraph();
    return { text: this.#text, spans: this.#spans, paragraphs: this.#paragraphs };
  }

  #endParagraph(): void {
    if (this.#size === undefined) return;
    // An item may begin with blanks, which its span has to keep.
    const text = this.#text.slice(this.#start).trimStart();
    const end = this.#text.length;
    this.#paragraphs.push({ start: end - text.length, end, text, size: this.#size });
  }
}
