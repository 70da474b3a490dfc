/** Folds the tags and words of HTML into blocks. Nothing of it is run, fetched or shown as markup. */
import { Parser } from 'htmlparser2';
import { TableRows } from '../table-rows';
import type { TextBuilder } from '../text-builder';

/** What no reader of the page sees. */
const unseen = new Set(
  'script style template title noscript head svg math object embed iframe canvas audio video select textarea datalist'.split(
    ' ',
  ),
);
/** Begins and ends a paragraph. */
const dividing = new Set(
  'address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const heading = /^h([1-6])$/;
const hidingStyle = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;

interface List {
  readonly isOrdered: boolean;
  next: number;
}

export interface MarkupOptions {
  /** XHTML, where `<div/>` is a whole element. */
  readonly isXhtml: boolean;
  /** The words of `<title>` stand above it all, unless a first heading does. */
  readonly keepsTitle: boolean;
}

export function readMarkup(source: string, out: TextBuilder, { isXhtml, keepsTitle }: MarkupOptions): void {
  const reader = new MarkupReader(out, keepsTitle);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
    },
    { recognizeSelfClosing: isXhtml },
  );
  parser.end(source);
  reader.end();
}

class MarkupReader {
  #buffer = '';
  #title = '';
  #isTitle = false;
  #isStarted = false;
  /** Open elements below the outermost one that is not seen, that one included; 0 where all is seen. */
  #unseen = 0;
  #preformatted = 0;
  #level: number | undefined;
  #marker = '';
  readonly #lists: List[] = [];
  readonly #tables: TableRows[] = [];

  constructor(
    private readonly out: TextBuilder,
    private readonly keepsTitle: boolean,
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'title') this.#isTitle = this.keepsTitle && this.#title === '';
    if (this.#unseen > 0 || isUnseen(name, attributes)) {
      this.#unseen++;
      return;
    }
    if (name === 'br') this.#buffer += '\n';
    if (name === 'img' && attributes.alt) this.#buffer += ` ${attributes.alt} `;
    if (!dividing.has(name)) return;
    this.#flush();
    const level = heading.exec(name)?.[1];
    if (level !== undefined) this.#level = Number(level);
    if (name === 'pre') this.#preformatted++;
    if (name === 'ol' || name === 'ul' || name === 'menu') {
      this.#lists.push({ isOrdered: name === 'ol', next: startOf(attributes) });
    } else if (name === 'li') this.#marker = this.#nextMarker();
    else if (name === 'table') this.#tables.push(new TableRows(this.out));
    else if (name === 'tr') this.#tables.at(-1)?.startRow();
    else if (name === 'td' || name === 'th') this.#tables.at(-1)?.startCell(name === 'th');
  }

  close(name: string): void {
    if (this.#unseen > 0) {
      this.#unseen--;
      if (name === 'title') this.#isTitle = false;
      return;
    }
    if (!dividing.has(name)) return;
    this.#flush();
    if (heading.test(name)) this.#level = undefined;
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
    if (name === 'ol' || name === 'ul' || name === 'menu') this.#lists.pop();
    else if (name === 'li') this.#marker = '';
    else if (name === 'table') this.#tables.pop()?.end();
    else if (name === 'tr') this.#tables.at(-1)?.endRow();
  }

  text(text: string): void {
    if (this.#unseen === 0)
      this.#buffer += this.#preformatted > 0 ? text : text.replace(/[ \t\n\f\r]+/g, ' ');
    else if (this.#isTitle) this.#title += text;
  }

  end(): void {
    this.#flush();
    for (const table of this.#tables.reverse()) table.end();
  }

  #flush(): void {
    const words = this.#buffer;
    this.#buffer = '';
    if (words.trim() === '') return;
    const tidy = this.#preformatted > 0 ? words : tidied(words);
    if (!this.#isStarted && this.#level !== 1) this.out.add('heading', this.#title.replace(/\s+/g, ' '), 1);
    this.#isStarted = true;
    if (this.#tables.at(-1)?.addToCell(tidy)) return;
    if (this.#level !== undefined) return this.out.add('heading', tidy.replace(/\s+/g, ' '), this.#level);
    if (this.#preformatted > 0) return this.out.add('code', tidy);
    if (this.#marker === '') return this.out.add('paragraph', tidy);
    this.out.add('list-item', `${this.#marker} ${tidy}`);
    this.#marker = '';
  }

  #nextMarker(): string {
    const list = this.#lists.at(-1);
    return list?.isOrdered ? `${list.next++}.` : '-';
  }
}

function isUnseen(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (unseen.has(name)) return true;
  return 'hidden' in attributes || hidingStyle.test(attributes.style ?? '');
}

function startOf({ start = '' }: Readonly<Record<string, string>>): number {
  return /^-?\d{1,9}$/.test(start) ? Number(start) : 1;
}

/** One blank where there are several, and none beside a line's end. */
function tidied(words: string): string {
  return words
    .replace(/ +/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
