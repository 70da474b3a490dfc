/**
 * A model hub on this machine: its tree API and `resolve` addresses, with ranges and hashes as the real one has
 * them, and with the faults that a test asks for. Content is real bytes: a file of the fixtures, padded to a size.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubFile {
  readonly path: string;
  readonly content: Buffer;
  /** Published instead of the true one. */
  readonly sha256?: string;
}

export interface HubFaults {
  /** Milliseconds between two pieces of 64 KB. */
  pause: number;
  /** Closes each reply after so many bytes. */
  cut: number;
  /** Answers every file with a web page. */
  isPage: boolean;
}

const piece = 64 * 1024;
/** Milliseconds. */
const silenceBeforeCut = 300;
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

export class FakeHub {
  readonly faults: HubFaults = { pause: 0, cut: Infinity, isPage: false };
  /** Method and path of every request. */
  readonly requests: string[] = [];
  /** Bytes of files that went out. */
  moved = 0;
  readonly #repositories = new Map<string, readonly HubFile[]>();
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @param repository `owner/name` */
  put(repository: string, ...files: HubFile[]): void {
    this.#repositories.set(repository, files);
  }

  /** Where a file of a repository can be had. */
  addressOf(repository: string, path: string): string {
    return `${this.url}/${repository}/resolve/main/${path}`;
  }

  async #answer({ method = 'GET', url = '/', headers }: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(url, this.url);
    this.requests.push(`${method} ${pathname}`);
    for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
    if (method === 'OPTIONS') return response.end();
    const [, listed] = /^\/api\/models\/([^/]+\/[^/]+)\/tree\//.exec(pathname) ?? [];
    if (listed !== undefined) return this.#list(listed, response);
    const [, repository = '', path = ''] = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(pathname) ?? [];
    const file = this.#repositories.get(repository)?.find((one) => one.path === decodeURIComponent(path));
    if (!file) return response.writeHead(404).end('Entry not found');
    if (this.faults.isPage) {
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Sign in</title>');
    }
    return this.#send(file, method, headers.range, response);
  }

  #list(repository: string, response: ServerResponse) {
    const files = this.#repositories.get(repository);
    if (!files) return response.writeHead(404).end('{"error":"Repository not found"}');
    const entries = files.map(({ path, content, sha256 = hashOf(content) }) => ({
      type: 'file',
      path,
      size: content.length,
      // The hub has hashes of large files only.
      ...(/\.(gguf|onnx)$/.test(path) && { lfs: { oid: sha256, size: content.length } }),
    }));
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(entries));
  }

  async #send({ content }: HubFile, method: string, range: string | undefined, response: ServerResponse) {
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    const from = Number(first ?? 0);
    const to = last ? Math.min(content.length, Number(last) + 1) : content.length;
    response.writeHead(first === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-length': to - from,
      'accept-ranges': 'bytes',
      etag: `"${hashOf(content).slice(0, 16)}"`,
      ...(first !== undefined && { 'content-range': `bytes ${from}-${to - 1}/${content.length}` }),
    });
    if (method === 'HEAD') return response.end();
    const end = Math.min(to, from + this.faults.cut);
    for (let at = from; at < end; at += piece) {
      if (response.destroyed) return;
      const chunk = content.subarray(at, Math.min(end, at + piece));
      this.moved += chunk.length;
      await new Promise((resolve) => response.write(chunk, resolve));
      if (this.faults.pause > 0) await new Promise((resolve) => setTimeout(resolve, this.faults.pause));
    }
    if (end === to) return response.end();
    // A browser drops what it has not handed on yet when a line breaks, so this one goes dead first.
    await new Promise((resolve) => setTimeout(resolve, silenceBeforeCut));
    response.destroy();
  }
}

/** @returns the content with zeros behind it; GGUF readers do not mind */
export function padded(content: Buffer, bytes: number): Buffer {
  return Buffer.concat([content, Buffer.alloc(bytes - content.length)]);
}

export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
