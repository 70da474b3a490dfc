/** The built page: its files by name, compressed once and kept in memory. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import type { RelayEnvironment } from '../access/caller-headers';

const compress = promisify(gzip);
const compressible = /\.(html|js|mjs|css|svg|json|wasm|txt|webmanifest)$/;

interface PageFile {
  readonly plain: Buffer;
  /** Absent when it would not be smaller. */
  readonly zipped?: Buffer;
  readonly etag: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

export class PageFiles {
  readonly #directory: string;
  /** A request is answered from this list only, so no spelling of a path can leave the folder. */
  readonly #names: ReadonlySet<string>;
  readonly #loaded = new Map<string, Promise<PageFile>>();

  constructor(directory: string) {
    this.#directory = directory;
    this.#names = new Set(listFiles(directory));
  }

  get isBuilt(): boolean {
    return this.#names.has('/index.html');
  }

  /** `undefined` when there is no such file. */
  async serve(path: string, c: Context<RelayEnvironment>): Promise<Response | undefined> {
    const name = path === '/' ? '/index.html' : path;
    if (!this.#names.has(name)) return undefined;
    const { plain, zipped, etag, contentType, cacheControl } = await this.#file(name);
    const isZipped = zipped !== undefined && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    const body = isZipped ? zipped : plain;
    const headers: Record<string, string> = {
      'cache-control': cacheControl,
      'content-type': contentType,
      etag: isZipped ? `"${etag}-gzip"` : `"${etag}"`,
      ...(zipped === undefined ? {} : { vary: 'Accept-Encoding' }),
    };
    if (c.req.header('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers });
    headers['content-length'] = String(body.length);
    if (isZipped) headers['content-encoding'] = 'gzip';
    return new Response(c.req.method === 'HEAD' ? null : new Uint8Array(body), { headers });
  }

  #file(name: string): Promise<PageFile> {
    const known = this.#loaded.get(name);
    if (known) return known;
    const loading = load(this.#directory, name);
    this.#loaded.set(name, loading);
    // A failed read is tried anew by the next request.
    loading.catch(() => this.#loaded.delete(name));
    return loading;
  }
}

async function load(directory: string, name: string): Promise<PageFile> {
  const plain = await readFile(join(directory, name));
  const zipped = compressible.test(name) ? await compress(plain, { level: 9 }) : undefined;
  return {
    plain,
    ...(zipped && zipped.length < plain.length ? { zipped } : {}),
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    contentType: getMimeType(name) ?? 'application/octet-stream',
    // The build puts a hash of the content into the names of assets.
    cacheControl: name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(directory).length).split(sep).join('/'));
  } catch {
    return [];
  }
}
