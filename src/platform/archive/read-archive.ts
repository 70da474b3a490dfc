/**
 * The files of an archive that `writeArchive` made. Only stored ones are read: nothing can unpack to more than there is,
 * and each is a part of the file on disk, which is read when it is wanted.
 */
import { hashFile } from '../hash-file';
import {
  centralBytes,
  centralSignature,
  endBytes,
  endSignature,
  localBytes,
  localSignature,
} from './zip-records';

/** Undefined where the entry is not what the directory says, to the last byte. */
export type ReadEntry = () => Promise<Blob | undefined>;

/** By name. Undefined where it is no such archive, or only the beginning of one. */
export async function readArchive(file: Blob): Promise<ReadonlyMap<string, ReadEntry> | undefined> {
  // A comment at the end is not written here, so the last record is where it has to be.
  const end = await viewOf(file, file.size - endBytes, file.size);
  if (end?.getUint32(0, true) !== endSignature) return undefined;
  const count = end.getUint16(10, true);
  const at = end.getUint32(16, true);
  const directory = await viewOf(file, at, at + end.getUint32(12, true));
  return directory && entriesOf(file, directory, count);
}

function entriesOf(file: Blob, directory: DataView, count: number): Map<string, ReadEntry> | undefined {
  const entries = new Map<string, ReadEntry>();
  for (let at = 0, index = 0; index < count; index++) {
    if (at + centralBytes > directory.byteLength || directory.getUint32(at, true) !== centralSignature)
      return undefined;
    const isStored = directory.getUint16(at + 10, true) === 0;
    const crc = directory.getUint32(at + 16, true);
    const size = directory.getUint32(at + 24, true);
    const nameLength = directory.getUint16(at + 28, true);
    const rest = directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    const start = directory.getUint32(at + 42, true);
    const nameStart = at + centralBytes;
    at = nameStart + nameLength + rest;
    if (!isStored || at > directory.byteLength) return undefined;
    const name = new TextDecoder().decode(
      new Uint8Array(directory.buffer, directory.byteOffset + nameStart, nameLength),
    );
    entries.set(name, () => contentOf(file, { start, size, crc }));
  }
  return entries;
}

async function contentOf(
  file: Blob,
  { start, size, crc }: { readonly start: number; readonly size: number; readonly crc: number },
): Promise<Blob | undefined> {
  const header = await viewOf(file, start, start + localBytes);
  if (header?.getUint32(0, true) !== localSignature) return undefined;
  const from = start + localBytes + header.getUint16(26, true) + header.getUint16(28, true);
  if (from + size > file.size) return undefined;
  const content = file.slice(from, from + size);
  return parseInt(await hashFile(content, 'crc32'), 16) === crc ? content : undefined;
}

async function viewOf(file: Blob, from: number, until: number): Promise<DataView | undefined> {
  if (from < 0 || until > file.size) return undefined;
  return new DataView(await file.slice(from, until).arrayBuffer());
}
