/** Serves GGUF files from the models folder with byte ranges, so that an engine may load them in parts. */
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { type ByteRange, readByteRange } from './byte-range';
import type { RelayEnvironment } from '../access/caller-headers';

/** A plain file name: no separators, so it cannot leave the folder. */
const fileName = /^[\w][\w .+@-]*\.gguf$/i;

export function isModelFileName(name: string): boolean {
  return fileName.test(name);
}

/** `undefined` when there is no such file. */
export async function serveModel(
  directory: string,
  name: string,
  c: Context<RelayEnvironment>,
): Promise<Response | undefined> {
  if (!isModelFileName(name)) return undefined;
  const file = await open(join(directory, name)).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { response, range } = await headOf(file, c);
    if (range && c.req.method === 'GET') return new Response(readPart(file, range), response);
    await file.close();
    return new Response(null, response);
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

interface Head {
  readonly response: { readonly status: number; readonly headers: Record<string, string> };
  /** What to send; absent when there is nothing to send. */
  readonly range?: ByteRange;
}

async function headOf(file: FileHandle, c: Context<RelayEnvironment>): Promise<Head> {
  const stat = await file.stat();
  if (!stat.isFile()) return { response: { status: 404, headers: {} } };
  const etag = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`;
  const headers = {
    'accept-ranges': 'bytes',
    // Kept for as long as the browser likes, but asked about: the file may be replaced under its name.
    'cache-control': 'private, no-cache',
    etag,
    'content-type': 'application/octet-stream',
  };
  if (c.req.header('if-none-match')?.includes(etag)) return { response: { status: 304, headers } };
  const condition = c.req.header('if-range');
  const range =
    condition === undefined || condition === etag
      ? readByteRange(c.req.header('range'), stat.size)
      : undefined;
  if (range === 'unsatisfiable') {
    return { response: { status: 416, headers: { ...headers, 'content-range': `bytes */${stat.size}` } } };
  }
  if (!range) {
    const whole = { ...headers, 'content-length': String(stat.size) };
    return { response: { status: 200, headers: whole }, range: { start: 0, end: stat.size - 1 } };
  }
  const part = {
    ...headers,
    'content-length': String(range.end - range.start + 1),
    'content-range': `bytes ${range.start}-${range.end}/${stat.size}`,
  };
  return { response: { status: 206, headers: part }, range };
}

function readPart(file: FileHandle, { start, end }: ByteRange): ReadableStream<Uint8Array> | null {
  if (end < start) {
    void file.close();
    return null;
  }
  const stream = file.createReadStream({ start, end, highWaterMark: 256 * 1024 });
  // Node's and the DOM's ReadableStream are the same object under two type names.
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
