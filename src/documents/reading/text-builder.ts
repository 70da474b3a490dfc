/** Puts blocks together into the text of a document, and counts their offsets. */
import type { Block, BlockKind, DocumentText } from '../../core/document';
import { unreadable } from './unreadable';

/** Neighbours of these kinds stand on lines one below the other; other blocks are apart by an empty line. */
const closeKinds: ReadonlySet<BlockKind> = new Set(['list-item', 'table-row']);
/** UTF-16 units. More does not fit into the index of a page anyway. */
const mostLength = 100_000_000;

export class TextBuilder {
  readonly #parts: string[] = [];
  readonly #blocks: Block[] = [];
  readonly #pages: number[] = [];
  readonly #notices: string[] = [];
  #length = 0;

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  /**
   * What holds nothing but blanks is left out.
   * @param level of a heading, 1 to 6
   */
  add(kind: BlockKind, content: string, level?: number): void {
    // The first line of code may be indented, and its last one has no end of its own.
    const text = kind === 'code' ? content.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd() : content.trim();
    if (text.trim() === '') return;
    this.#separate(kind);
    const start = this.#length + (text.length - text.trimStart().length);
    this.#append(text);
    const block = { kind, start, end: this.#length };
    this.#blocks.push(level === undefined ? block : { ...block, level });
  }

  /** The next block is the first one of a page. */
  startPage(): void {
    if (this.#length > 0 && this.#pages.at(-1) !== this.#length) this.#append('\n\n');
    this.#pages.push(this.#length);
  }

  notice(sentence: string): void {
    this.#notices.push(sentence);
  }

  finish(): DocumentText {
    const pages = this.#pages.length > 0 ? { pages: this.#pages } : {};
    return { text: this.#parts.join(''), blocks: this.#blocks, ...pages, notices: this.#notices };
  }

  #separate(kind: BlockKind): void {
    const last = this.#blocks.at(-1);
    if (!last || this.#pages.at(-1) === this.#length) return;
    this.#append(last.kind === kind && closeKinds.has(kind) ? '\n' : '\n\n');
  }

  #append(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length > mostLength)
      throw unreadable(
        'The text is longer than 100 million characters.',
        'Divide the file, and add the parts.',
      );
  }
}
