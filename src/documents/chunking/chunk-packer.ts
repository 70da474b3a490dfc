/** Packs stretches of a text into chunks that keep to a budget of tokens. */
import type { Chunk, DocumentText } from '../../core/document';
import type { ChunkOptions } from './chunk-options';
import { cut, finerGrain, type Grain, type Stretch } from './cut';
import { PageCursor } from './page-cursor';

interface Piece extends Stretch {
  readonly grain: Grain;
  readonly isHeading: boolean;
  /** Of this piece alone. */
  readonly tokens: number;
}

interface Heading {
  readonly level: number;
  readonly text: string;
}

/** No tokenizer makes a token of more, so what is longer is known to be too long without counting. */
const mostUnitsPerToken = 32;

/** Whole sentences at least, so that a chunk may begin with them once more. */
const repeatable: ReadonlySet<Grain> = new Set<Grain>(['block', 'code', 'row', 'line', 'sentence']);

export class ChunkPacker {
  readonly #text: string;
  readonly #options: ChunkOptions;
  readonly #countTokens: (text: string) => number;
  /** What the tokenizer adds to every text, such as a mark of its start. */
  readonly #tokensOfNothing: number;
  readonly #pages: PageCursor;
  readonly #chunks: Chunk[] = [];
  #path: readonly Heading[] = [];
  /** The chunk in the making; its first `#repeated` pieces are in the chunk before too. */
  #held: Piece[] = [];
  #repeated = 0;

  constructor({ text, pages }: DocumentText, options: ChunkOptions, countTokens: (text: string) => number) {
    this.#text = text;
    this.#options = options;
    this.#countTokens = countTokens;
    this.#tokensOfNothing = countTokens('');
    this.#pages = new PageCursor(pages);
  }

  /** Right below a heading above it, it goes on with that one's chunk: a chunk of a heading alone tells nothing. */
  openSection(heading: Stretch, level: number): void {
    const above = this.#path.at(-1);
    const goesOn = this.#holdsOnlyHeadings() && above !== undefined && above.level < level;
    if (!goesOn) this.#closeSection();
    const text = this.#text.slice(heading.start, heading.end).replace(/\s+/g, ' ');
    this.#path = [...this.#path.filter((one) => one.level < level), { level, text }];
  }

  add({ start, end }: Stretch, grain: Grain, isHeading = false): void {
    this.#place({ start, end, grain, isHeading, tokens: this.#tokensOf({ start, end }, grain) });
  }

  finish(): Chunk[] {
    this.#closeSection();
    return this.#chunks;
  }

  #place(piece: Piece): void {
    const finer = finerGrain[piece.grain];
    const budget = this.#options.tokens - this.#tokensOfNothing;
    while (this.#held.length > 0 && piece.tokens > budget - tokensOfAll(this.#held)) {
      if (finer && (piece.tokens > budget || this.#holdsOnlyHeadings())) break;
      if (this.#repeated < this.#held.length) this.#close();
      else this.#forgetRepeated(1);
    }
    const room = budget - tokensOfAll(this.#held);
    if (piece.tokens <= room || !finer) this.#held.push(piece);
    else for (const part of cut(this.#text, piece, finer)) this.add(part, finer);
  }

  #tokensOf({ start, end }: Stretch, grain: Grain): number {
    const isTooLong = finerGrain[grain] && end - start > this.#options.tokens * mostUnitsPerToken;
    return isTooLong ? Infinity : this.#countTokens(this.#text.slice(start, end)) - this.#tokensOfNothing;
  }

  #holdsOnlyHeadings(): boolean {
    return this.#held.length > 0 && this.#held.every(({ isHeading }) => isHeading);
  }

  /** What the next section has in common with this one is its path alone. */
  #closeSection(): void {
    while (this.#repeated < this.#held.length) this.#close();
    this.#held = [];
    this.#repeated = 0;
  }

  /** Makes a chunk of what is held; then holds what the next one repeats, and what did not fit after all. */
  #close(): void {
    const leftOver: Piece[] = [];
    let tokens = this.#tokensOfHeld();
    // The whole may be more than its pieces, for what is between them. All at once, since each count costs.
    while (tokens > this.#options.tokens && this.#held.length > 1) {
      const tooMany = Math.ceil(this.#held.length * (1 - this.#options.tokens / tokens));
      const many = Math.min(tooMany, this.#held.length - 1);
      if (this.#repeated > 0) this.#forgetRepeated(Math.min(many, this.#repeated));
      else leftOver.unshift(...this.#held.splice(-many));
      tokens = this.#tokensOfHeld();
    }
    const { start, end } = spanOf(this.#held);
    const page = this.#pages.pageOf(start);
    const headings = this.#path.map(({ text }) => text);
    this.#chunks.push({ start, end, ...(page !== undefined && { page }), headings, tokens });
    this.#held = this.#repeatedNext();
    this.#repeated = this.#held.length;
    for (const piece of leftOver) this.#place(piece);
  }

  #tokensOfHeld(): number {
    const { start, end } = spanOf(this.#held);
    return this.#countTokens(this.#text.slice(start, end));
  }

  #forgetRepeated(many: number): void {
    this.#held = this.#held.slice(many);
    this.#repeated -= many;
  }

  /** The last sentences, as many as the next chunk may repeat; never all, or it would begin where this one does. */
  #repeatedNext(): Piece[] {
    const repeated: Piece[] = [];
    let room = this.#options.overlap;
    const take = (piece: Piece): boolean => {
      room -= piece.tokens;
      if (room >= 0) repeated.unshift(piece);
      return room >= 0;
    };
    for (const [place, piece] of [...this.#held.entries()].reverse()) {
      if (piece.isHeading || !repeatable.has(piece.grain)) break;
      if (place > 0 && piece.tokens <= room && take(piece)) continue;
      if (piece.grain !== 'block') break;
      const [, ...others] = cut(this.#text, piece, 'sentence');
      others.reverse().every((sentence) => take(this.#pieceOf(sentence, 'sentence')));
      break;
    }
    return repeated;
  }

  #pieceOf({ start, end }: Stretch, grain: Grain): Piece {
    return { start, end, grain, isHeading: false, tokens: this.#tokensOf({ start, end }, grain) };
  }
}

function tokensOfAll(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { tokens }) => sum + tokens, 0);
}

/** @param pieces at least one, in order */
function spanOf(pieces: readonly Piece[]): Stretch {
  return { start: pieces[0]?.start ?? 0, end: pieces.at(-1)?.end ?? 0 };
}
