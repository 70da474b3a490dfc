/** Splits code into lines and lines into chunks of equal size, and appends to them without touching full chunks. */
import type { CodeChunks } from './markdown-node';

/** Lines per chunk: small enough that rebuilding the last one each frame is nothing. */
export const chunkSize = 32;

/** All chunks but the last hold exactly `chunkSize` lines; there is always at least one line. */
export function toChunks(text: string): CodeChunks {
  return appendLines([], text.split('\n'));
}

/** The same chunks with more lines at the end. Full chunks are the same objects as before. */
export function appendLines(chunks: CodeChunks, lines: readonly string[]): CodeChunks {
  const last = chunks.at(-1) ?? [];
  const kept = last.length < chunkSize ? chunks.slice(0, -1) : chunks;
  const open = last.length < chunkSize ? [...last, ...lines] : lines;
  const added = [];
  for (let from = 0; from < open.length; from += chunkSize) added.push(open.slice(from, from + chunkSize));
  return [...kept, ...added];
}

export function chunksToText(chunks: CodeChunks): string {
  return chunks.map((lines) => lines.join('\n')).join('\n');
}

/** The new chunks, with every one that equals its predecessor replaced by it; the old list when all do. */
export function reuseChunks(before: CodeChunks, after: CodeChunks): CodeChunks {
  const chunks = after.map((lines, index) => {
    const old = before[index];
    return old !== undefined && isSame(old, lines) ? old : lines;
  });
  return isSame(before, chunks) ? before : chunks;
}

function isSame<Item>(left: readonly Item[], right: readonly Item[]): boolean {
  return (
    left === right || (left.length === right.length && left.every((item, index) => item === right[index]))
  );
}
