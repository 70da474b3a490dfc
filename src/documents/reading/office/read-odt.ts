/** OpenDocument texts (ISO/IEC 26300): paragraphs, headings, lists, tables and notes. */
import type { DocumentText } from '../../../core/document';
import type { ReadRequest } from '../read-request';
import { TableRows } from '../table-rows';
import { TextBuilder } from '../text-builder';
import { unreadable } from '../unreadable';
import { unpackParts } from '../zip/unpack-parts';
import {
  finishParts,
  partText,
  readXml,
  requirePart,
  type Attributes,
  type XmlHandler,
} from '../zip/xml-part';

const body = 'content.xml';
const manifest = 'META-INF/manifest.xml';
/** A text may ask for so many blanks as a number. */
const mostBlanks = 100;

export function readOdt({ name, bytes }: ReadRequest): DocumentText {
  const unpacked = unpackParts(name, bytes, (path) => path === body || path === manifest);
  const main = requirePart(unpacked, body, name, 'OpenDocument text');
  const listed = unpacked.parts.get(manifest);
  if (listed && /<[\w:]*encryption-data\b/.test(partText(listed))) {
    throw unreadable(
      `${name} is encrypted.`,
      'Open it with its password, save it without one, and add that.',
    );
  }
  const out = new TextBuilder();
  const reader = new OdtReader(out);
  readXml(main, reader);
  reader.end();
  finishParts(out, unpacked, name);
  return out.finish();
}

/** Comments, deleted text, and readings above a word. */
const skipped = new Set([
  'office:annotation',
  'text:tracked-changes',
  'text:ruby-text',
  'text:note-citation',
  'text:hidden-text',
]);

interface Paragraph {
  text: string;
  readonly level?: number;
}

class OdtReader implements XmlHandler {
  /** Notes and text boxes are paragraphs within a paragraph. */
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: TableRows[] = [];
  readonly #titles = new Set(['Title']);
  #skipped = 0;
  #isItemStart = false;
  #headerRows = 0;

  constructor(private readonly out: TextBuilder) {}

  open(name: string, attributes: Attributes): void {
    if (this.#skipped > 0 || skipped.has(name)) {
      this.#skipped++;
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    if (name === 'style:style' && attributes['style:parent-style-name'] === 'Title') {
      this.#titles.add(attributes['style:name'] ?? '');
    } else if (name === 'text:p') {
      const isTitle = this.#titles.has(attributes['text:style-name'] ?? '');
      this.#paragraphs.push(isTitle ? { text: '', level: 1 } : { text: '' });
    } else if (name === 'text:h') {
      const level = Number(attributes['text:outline-level'] ?? 1);
      this.#paragraphs.push({ text: '', level: Math.min(6, Math.max(1, level || 1)) });
    } else if (name === 'text:list-item') this.#isItemStart = true;
    else if (name === 'table:table') this.#tables.push(new TableRows(this.out));
    else if (name === 'table:table-header-rows') this.#headerRows++;
    else if (name === 'table:table-row') this.#tables.at(-1)?.startRow();
    else if (name === 'table:table-cell') this.#tables.at(-1)?.startCell(this.#headerRows > 0);
    else if (!paragraph) return;
    else if (name === 'text:tab') paragraph.text += '\t';
    else if (name === 'text:line-break') paragraph.text += '\n';
    else if (name === 'text:s') paragraph.text += ' '.repeat(blanksOf(attributes));
  }

  close(name: string): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    if (name === 'text:p' || name === 'text:h') this.#endParagraph();
    else if (name === 'text:list-item') this.#isItemStart = false;
    else if (name === 'table:table-header-rows') this.#headerRows--;
    else if (name === 'table:table-row') this.#tables.at(-1)?.endRow();
    else if (name === 'table:table') this.#tables.pop()?.end();
  }

  text(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    // Line ends and runs of blanks in the file mean one blank; more of them are elements.
    if (paragraph && this.#skipped === 0) paragraph.text += text.replace(/[ \t\r\n]+/g, ' ');
  }

  end(): void {
    while (this.#paragraphs.length > 0) this.#endParagraph();
    for (const table of this.#tables.reverse()) table.end();
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    const text = paragraph?.text.trim() ?? '';
    if (!paragraph || text === '') return;
    if (this.#tables.at(-1)?.addToCell(text)) return;
    if (paragraph.level !== undefined) return this.out.add('heading', text, paragraph.level);
    if (!this.#isItemStart) return this.out.add('paragraph', text);
    this.#isItemStart = false;
    this.out.add('list-item', `- ${text}`);
  }
}

function blanksOf(attributes: Attributes): number {
  const count = Number(attributes['text:c'] ?? 1);
  return Number.isInteger(count) && count > 0 ? Math.min(count, mostBlanks) : 1;
}
