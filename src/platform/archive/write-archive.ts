/**
 * Several files as one: a ZIP that every system opens. Contents are stored as they are and stay blobs, so that
 * gigabytes never go through this thread's memory; for the same reason no library makes it.
 */
import { hashFile } from '../hash-file';
import {
  centralBytes,
  centralSignature,
  endBytes,
  endSignature,
  localBytes,
  localSignature,
  mostBytes,
  mostEntries,
} from './zip-records';

export interface ArchiveEntry {
  /** With `/` for folders. */
  readonly name: string;
  readonly content: Blob;
}

/** @throws RangeError above 4 GB or 65 535 entries */
export async function writeArchive(entries: AsyncIterable<ArchiveEntry>): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for await (const { name, content } of entries) {
    const file = { name: new TextEncoder().encode(name), crc: await crcOf(content), size: content.size };
    parts.push(localHeader(file), content);
    directory.push(centralHeader(file, at));
    at += localBytes + file.name.length + content.size;
    if (at > mostBytes || directory.length > mostEntries) throw new RangeError('Too much for one file.');
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (at + size > mostBytes) throw new RangeError('Too much for one file.');
  return new Blob([...parts, ...directory, endOf(directory.length, size, at)], { type: 'application/zip' });
}

interface File {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly size: number;
}

async function crcOf(content: Blob): Promise<number> {
  return parseInt(await hashFile(content, 'crc32'), 16);
}

/** Flags: the name is UTF-8. Time: the first that can be written. */
const flags = 0x0800;
const version = 20;
const firstDay = 0x0021;

function localHeader({ name, crc, size }: File): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(localBytes + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, localSignature, true);
  view.setUint16(4, version, true);
  view.setUint16(6, flags, true);
  view.setUint16(12, firstDay, true);
  view.setUint32(14, crc, true);
  view.setUint32(18, size, true);
  view.setUint32(22, size, true);
  view.setUint16(26, name.length, true);
  bytes.set(name, localBytes);
  return bytes;
}

function centralHeader({ name, crc, size }: File, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(centralBytes + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, centralSignature, true);
  view.setUint16(4, version, true);
  view.setUint16(6, version, true);
  view.setUint16(8, flags, true);
  view.setUint16(14, firstDay, true);
  view.setUint32(16, crc, true);
  view.setUint32(20, size, true);
  view.setUint32(24, size, true);
  view.setUint16(28, name.length, true);
  view.setUint32(42, at, true);
  bytes.set(name, centralBytes);
  return bytes;
}

function endOf(count: number, size: number, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(endBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, endSignature, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, at, true);
  return bytes;
}
