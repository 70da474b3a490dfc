/** A file of this machine in the place of the browser's private one, for the page's downloader. */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * @param {string} path made where it is missing, its folder too
 * @returns {import('../../src/models/download/part-file').SyncAccess}
 */
export function openDiskPart(path) {
  mkdirSync(dirname(path), { recursive: true });
  // Not 'a+': some systems append whatever the position.
  const file = openSync(path, 'a');
  closeSync(file);
  const handle = openSync(path, 'r+');
  return {
    getSize: () => fstatSync(handle).size,
    write: (chunk, { at }) => writeSync(handle, chunk, 0, chunk.byteLength, at),
    read: (buffer, { at }) => readSync(handle, buffer, 0, buffer.byteLength, at),
    truncate: (size) => ftruncateSync(handle, size),
    flush: () => fsyncSync(handle),
    close: () => closeSync(handle),
  };
}
