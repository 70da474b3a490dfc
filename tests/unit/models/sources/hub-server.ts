/** A hub on this machine for one test: trees, files with ranges, and whatever else a test wants it to answer. */
import type { RequestListener } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { hubAddress } from '../../../../src/models/sources/hub';
import { fakeServer } from '../../relay/support/fake-server';

export interface TreeEntry {
  readonly type: string;
  readonly path: string;
  readonly size: number;
  readonly lfs?: { readonly oid: string; readonly size: number };
}

/** @param size bytes */
export function entry(path: string, size = 10, oid?: string): TreeEntry {
  return { type: 'file', path, size, ...(oid !== undefined && { lfs: { oid, size } }) };
}

/** Answers by path: a list as JSON, bytes as a file with ranges, a number as a status; other paths get 404. */
export function answers(
  replies: Readonly<Record<string, readonly unknown[] | Buffer | number>>,
): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const reply = replies[pathname] ?? 404;
    if (typeof reply === 'number') return void response.writeHead(reply).end('{"error":"no"}');
    if (!Buffer.isBuffer(reply)) {
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const part = first === undefined ? reply : reply.subarray(Number(first), Number(last) + 1);
    if (part.length === 0) return void response.writeHead(416).end('beyond the end');
    response.writeHead(first === undefined ? 200 : 206, { 'content-length': part.length });
    response.end(part);
  };
}

/** What is asked of the hub itself goes to `answer`, for as long as the test runs. */
export async function standInForHub(answer: RequestListener): Promise<{ requests: readonly string[] }> {
  const { url, requests } = await fakeServer(answer);
  redirectHub(url);
  return {
    get requests() {
      return requests.map((request) => `${request.method} ${request.url}`);
    },
  };
}

/** Nothing listens on port 9. */
export function unplugHub(): void {
  redirectHub('http://127.0.0.1:9');
}

function redirectHub(address: string): void {
  const original = fetch;
  const redirected: typeof fetch = (input, init) =>
    original(typeof input === 'string' ? input.replace(hubAddress, address) : input, init);
  vi.stubGlobal('fetch', redirected);
  onTestFinished(() => void vi.unstubAllGlobals());
}
