/** Word documents (ECMA-376): paragraphs, headings, lists, tables and notes. */
import type { DocumentText } from '../../../core/document';
import type { ReadRequest } from '../read-request';
import { TableRows } from '../table-rows';
import { TextBuilder } from '../text-builder';
import { unpackParts } from '../zip/unpack-parts';
import { finishParts, readXml, requirePart, type Attributes, type XmlHandler } from '../zip/xml-part';
import { DocxNumbering } from './docx-numbering';
import { DocxStyles, levelOfOutline } from './docx-styles';

const body = 'word/document.xml';
const styles = 'word/styles.xml';
const numbering = 'word/numbering.xml';
const notes = ['word/footnotes.xml', 'word/endnotes.xml'];
const wanted = new Set([body, styles, numbering, ...notes]);

export function readDocx({ name, bytes }: ReadRequest): DocumentText {
  const unpacked = unpackParts(name, bytes, (path) => wanted.has(path));
  const main = requirePart(unpacked, body, name, 'Word document');
  const { parts } = unpacked;
  const out = new TextBuilder();
  const reader = new DocxReader(
    out,
    new DocxStyles(parts.get(styles)),
    new DocxNumbering(parts.get(numbering)),
  );
  readXml(main, reader);
  for (const path of notes) readXml(parts.get(path), reader);
  reader.end();
  finishParts(out, unpacked, name);
  return out.finish();
}

/** Deleted and moved text, former formats, what older programs show instead, and readings above a word. */
const skipped = new Set(['w:del', 'w:moveFrom', 'w:pPrChange', 'w:rPrChange', 'mc:Fallback', 'w:rt']);

interface Paragraph {
  text: string;
  style?: string;
  outline?: number;
  numbering?: string;
  depth: number;
}

class DocxReader implements XmlHandler {
  /** A text box is a paragraph within a paragraph. */
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: TableRows[] = [];
  #skipped = 0;
  #isText = false;
  #isNameRow = false;
  #isProperties = false;
  #isHidden = false;

  constructor(
    private readonly out: TextBuilder,
    private readonly styles: DocxStyles,
    private readonly numbering: DocxNumbering,
  ) {}

  open(name: string, attributes: Attributes): void {
    if (this.#skipped > 0 || skipped.has(name) || isSeparator(name, attributes)) {
      this.#skipped++;
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    const value = attributes['w:val'] ?? '';
    switch (name) {
      case 'w:p':
        this.#paragraphs.push({ text: '', depth: 0 });
        return;
      case 'w:pPr':
        this.#isProperties = true;
        return;
      case 'w:r':
        this.#isHidden = false;
        return;
      case 'w:vanish':
        if (!this.#isProperties) this.#isHidden = value !== '0' && value !== 'false';
        return;
      case 'w:t':
      case 'm:t':
        this.#isText = true;
        return;
      case 'w:tbl':
        this.#tables.push(new TableRows(this.out));
        return;
      case 'w:tr':
        this.#tables.at(-1)?.startRow();
        this.#isNameRow = false;
        return;
      case 'w:tblHeader':
        this.#isNameRow = value !== '0' && value !== 'false';
        return;
      case 'w:tc':
        this.#tables.at(-1)?.startCell(this.#isNameRow);
        return;
    }
    if (!paragraph) return;
    if (name === 'w:tab') paragraph.text += this.#isProperties ? '' : '\t';
    else if (name === 'w:br' || name === 'w:cr') paragraph.text += '\n';
    else if (name === 'w:noBreakHyphen') paragraph.text += '-';
    else if (!this.#isProperties) return;
    else if (name === 'w:pStyle') paragraph.style = value;
    else if (name === 'w:outlineLvl') paragraph.outline = Number(value);
    else if (name === 'w:numId') paragraph.numbering = value;
    else if (name === 'w:ilvl') paragraph.depth = Number(value);
  }

  close(name: string): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    if (name === 'w:p') this.#endParagraph();
    else if (name === 'w:pPr') this.#isProperties = false;
    else if (name === 'w:t' || name === 'm:t') this.#isText = false;
    else if (name === 'w:tr') this.#tables.at(-1)?.endRow();
    else if (name === 'w:tbl') this.#tables.pop()?.end();
  }

  text(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph && this.#isText && !this.#isHidden && this.#skipped === 0) paragraph.text += text;
  }

  end(): void {
    while (this.#paragraphs.length > 0) this.#endParagraph();
    for (const table of this.#tables.reverse()) table.end();
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (!paragraph || paragraph.text.trim() === '') return;
    const text = paragraph.text.trim();
    if (this.#tables.at(-1)?.addToCell(text)) return;
    const level =
      paragraph.outline === undefined
        ? this.styles.levelOf(paragraph.style)
        : levelOfOutline(paragraph.outline);
    if (level !== undefined) return this.out.add('heading', text, level);
    const numbered = paragraph.numbering ?? this.styles.numberingOf(paragraph.style);
    // 0 takes a paragraph out of the list that its style makes it.
    if (numbered === undefined || numbered === '0') return this.out.add('paragraph', text);
    this.out.add('list-item', `${this.numbering.next(numbered, paragraph.depth)} ${text}`);
  }
}

/** The lines above notes are notes themselves. */
function isSeparator(name: string, attributes: Attributes): boolean {
  const isNote = name === 'w:footnote' || name === 'w:endnote';
  return isNote && (attributes['w:type'] ?? 'normal') !== 'normal';
}
