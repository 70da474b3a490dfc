/** How large a file may be. Beyond it the text alone would fill the memory of a worker. */
import { unreadable } from './unreadable';

/** 200 MB: the largest books with pictures are below it. */
export const mostFileBytes = 200_000_000;

/** @throws BackendError `unreadable-document`, before anything is read */
export function requireReadableSize(name: string, bytes: number): void {
  if (bytes === 0) throw unreadable(`${name} is empty.`, 'Check that it was saved or copied to its end.');
  if (bytes <= mostFileBytes) return;
  throw unreadable(
    `${name} has ${megabytes(bytes)} MB; files of up to ${megabytes(mostFileBytes)} MB are read.`,
    'Divide it, for example by chapter, and add the parts.',
  );
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
