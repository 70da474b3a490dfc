/** Says up to where a text is settled: no matter what is appended, those blocks stay as they are. */
import type { ReadPiece } from './block-reader';

export interface EndOfSettled {
  /** Number of pieces. */
  readonly count: number;
  /** Length of their source. */
  readonly offset: number;
}

/** Blocks that end with their own line, so that the next line cannot continue them. */
const endsWithItsLine: ReadonlySet<string> = new Set(['heading', 'hr', 'html']);
/** The start of a line that may still become part of the list or the indented code before it. */
const mayContinue = /^[ \t\d*+-][^\n]*$/;
const opensLabel = /^ {0,3}\[/;
const blankLineAtEnd = /\n[ \t]*\n$/;

export function endOfSettled(pieces: readonly ReadPiece[], source: string): EndOfSettled {
  let settled: EndOfSettled = { count: 0, offset: 0 };
  let offset = 0;
  for (const [count, piece] of pieces.entries()) {
    if (count > 0 && piece.type !== 'space' && isSettled(pieces.slice(0, count), source, offset)) {
      settled = { count, offset };
    }
    offset += piece.raw.length;
  }
  return settled;
}

/** @param offset where the block after `pieces` begins */
function isSettled(pieces: readonly ReadPiece[], source: string, offset: number): boolean {
  const last = pieces.at(-1);
  const block = last?.type === 'space' ? pieces.at(-2) : last;
  if (last?.type === 'space' || blankLineAtEnd.test(source.slice(0, offset))) {
    const outlivesBlankLine = block?.type === 'list' || block?.isIndented === true;
    return !outlivesBlankLine || !mayContinue.test(source.slice(offset));
  }
  const hasEnded = block !== undefined && (endsWithItsLine.has(block.type) || isFence(block));
  return hasEnded && !mayBeDefinition(pieces);
}

/** The title of a link definition goes on until its quote, over headings and fences too; a blank line ends the hope. */
function mayBeDefinition(pieces: readonly ReadPiece[]): boolean {
  const afterBlankLine = pieces.slice(pieces.findLastIndex(({ type }) => type === 'space') + 1);
  return afterBlankLine.some(({ type, raw }) => type === 'paragraph' && opensLabel.test(raw));
}

function isFence(piece: ReadPiece): boolean {
  return piece.type === 'code' && !piece.isIndented;
}
