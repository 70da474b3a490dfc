/** Serves model files from the models folder with byte ranges, so that a download may go on where it stopped. */
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { type ByteRange, readByteRange } from './byte-range';
import { locateModelFile } from './model-path';
import type { RelayEnvironment } from '../access/caller-headers';

/**
 * @param path below the models folder as the address spells it, still encoded
 * @returns `undefined` when there is no such file
 */
export async function serveModel(
  directory: string,
  path: string,
  c: Context<RelayEnvironment>,
): Promise<Response | undefined> {
  const place = await locateModelFile(directory, decodeNames(path) ?? '');
  const file = place === undefined ? undefined : await open(place).catch(() => undefined);
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

/** Each name by itself: an encoded separator becomes a part of a name, and such a name is refused. */
function decodeNames(path: string): string | undefined {
  try {
    const names = path.split('/').map(decodeURIComponent);
    return names.some((name) => name.includes('/')) ? undefined : names.join('/');
  } catch {
    return undefined;
  }
}
