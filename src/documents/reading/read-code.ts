/** Source code stays as it is written. A definition at the margin, with all that is indented below it, is a block. */
import type { Block, DocumentText } from '../../core/document';
import { decodeText } from './decode-text';
import type { ReadRequest } from './read-request';

/** A longer block is divided once more, as a class into its methods. */
const mostLines = 60;

export function readCode({ name, bytes }: ReadRequest): DocumentText {
  const { text, notices } = decodeText(name, bytes);
  const lines = linesOf(text);
  return { text, blocks: divide(lines, 0).flatMap(toBlock), notices };
}

interface Line {
  readonly start: number;
  /** Without blanks at the end; equal to `start` where there is nothing else. */
  readonly end: number;
  readonly indent: number;
  /** Closes what an earlier line began. */
  readonly isClosing: boolean;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line): Line => {
    const content = line.trimStart();
    const from = start;
    start += line.length + 1;
    const end = content === '' ? from : from + line.trimEnd().length;
    return {
      start: from,
      end,
      indent: line.length - content.length,
      isClosing: /^[)\]}]|^end\b/.test(content),
    };
  });
}

/** Cuts where, after an empty line, one follows that is indented by no more than `indent`. */
function divide(lines: readonly Line[], indent: number): readonly (readonly Line[])[] {
  const pieces: Line[][] = [];
  let isAfterBlank = true;
  for (const line of lines) {
    const isBlank = line.start === line.end;
    if (!isBlank && isAfterBlank && line.indent <= indent && !line.isClosing) pieces.push([]);
    if (pieces.length === 0) pieces.push([]);
    pieces.at(-1)?.push(line);
    isAfterBlank = isBlank;
  }
  return pieces.flatMap((piece) => {
    if (piece.length <= mostLines) return [piece];
    const deeper = deeperIndent(piece, indent);
    return deeper === undefined ? [piece] : divide(piece, deeper);
  });
}

/** The next indentation at which the piece can be cut. */
function deeperIndent(lines: readonly Line[], indent: number): number | undefined {
  let least: number | undefined;
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before?.start !== before?.end || line.start === line.end || line.isClosing) continue;
    if (index > 0 && line.indent > indent) least = Math.min(least ?? line.indent, line.indent);
  }
  return least;
}

/** Blank lines at the ends belong to no block. */
function toBlock(lines: readonly Line[]): readonly Block[] {
  const written = lines.filter(({ start, end }) => end > start);
  const [first, last] = [written[0], written.at(-1)];
  return first && last ? [{ kind: 'code', start: first.start + first.indent, end: last.end }] : [];
}
