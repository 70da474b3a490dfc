/**
 * A file server that breaks on demand, as a Vite plugin: the download worker's own requests reach it, which no
 * stub in the page could. `/faulty/NAME?bytes=N&…` gives N bytes of a fixed pattern.
 *
 * - `cut=M` closes the connection after every M bytes of a reply; `cuts=N` does so for the first N replies only
 * - `range=no` ignores ranges; `etag=new` names another version with every reply
 * - `status=S` for the first `times=T` replies (every one where it is absent)
 * - `type=html` gives a web page; `length=N` claims another size; `pause=MS` waits between pieces,
 *   `silence=MS` before a cut, as a line does that goes dead
 *
 * `/faulty-log/NAME` tells how many requests came and how many bytes went out.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';

interface Log {
  requests: number;
  bytes: number;
  ranges: string[];
}

const piece = 64 * 1024;

/** For the server of the tests and for that of a built page. */
export function faultyFiles(): Plugin {
  const logs = new Map<string, Log>();
  const serve = ({ middlewares }: { readonly middlewares: Connect.Server }): void => {
    middlewares.use('/faulty-log', (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(logs.get(nameOf(request)) ?? { requests: 0, bytes: 0, ranges: [] }));
    });
    middlewares.use('/faulty-hash', (request, response) => {
      const { bytes } = optionsOf(request);
      response.end(createHash('sha256').update(contentOf(0, bytes)).digest('hex'));
    });
    middlewares.use('/faulty', (request, response) => {
      const log = logs.get(nameOf(request)) ?? { requests: 0, bytes: 0, ranges: [] };
      logs.set(nameOf(request), log);
      void reply(request, response, log);
    });
  };
  return { name: 'faulty-files', configureServer: serve, configurePreviewServer: serve };
}

async function reply(request: IncomingMessage, response: ServerResponse, log: Log): Promise<void> {
  const { bytes, cut, cuts, pause, silence, length, status, times, type, query } = optionsOf(request);
  log.requests++;
  log.ranges.push(request.headers.range ?? 'none');
  if (status && log.requests <= times) {
    response.writeHead(status, query.has('retry-after') ? { 'retry-after': '0' } : {});
    return void response.end('no');
  }
  if (type === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' });
    return void response.end('<!doctype html><title>Sign in</title>');
  }
  const [, first, last] =
    (query.get('range') !== 'no' && /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '')) || [];
  const from = Number(first ?? 0);
  const upTo = last ? Math.min(bytes, Number(last) + 1) : bytes;
  if (from >= bytes) {
    response.writeHead(416, { 'content-range': `bytes */${bytes}` });
    return void response.end();
  }
  const isPart = first !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': (length ?? upTo) - from,
    etag: query.get('etag') === 'new' ? `"${log.requests}"` : '"1"',
    ...(isPart && { 'content-range': `bytes ${from}-${upTo - 1}/${length ?? bytes}` }),
  });
  const end = log.requests > cuts ? upTo : Math.min(upTo, from + cut);
  for (let at = from; at < end; at += piece) {
    const chunk = contentOf(at, Math.min(end, at + piece));
    if (response.destroyed) return;
    log.bytes += chunk.length;
    await new Promise((resolve) => response.write(chunk, resolve));
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  if (end < upTo && silence > 0) await new Promise((resolve) => setTimeout(resolve, silence));
  if (end < upTo) response.destroy();
  else response.end();
}

/** The same at the same place in every reply, and different from place to place. */
function contentOf(from: number, to: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = from; at < to;) {
    const start = at % piece;
    const length = Math.min(piece - start, to - at);
    parts.push(blockOf(Math.floor(at / piece)).subarray(start, start + length));
    at += length;
  }
  return Buffer.concat(parts);
}

/** The pattern begins anew after 256 blocks. They are kept, so that the server is faster than any reader. */
const blocks = new Map<number, Buffer>();

function blockOf(index: number): Buffer {
  const kept = blocks.get(index & 255);
  if (kept) return kept;
  const block = Buffer.alloc(piece);
  for (let at = 0; at < piece; at++) block[at] = (at * 31 + (at >> 8) * 17 + index * 7 + 1) & 255;
  blocks.set(index & 255, block);
  return block;
}

function nameOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://x').pathname;
}

function optionsOf(request: IncomingMessage) {
  const query = new URL(request.url ?? '/', 'http://x').searchParams;
  const number = (name: string, usual: number): number => Number(query.get(name) ?? usual);
  return {
    query,
    bytes: number('bytes', 0),
    cut: number('cut', Infinity),
    cuts: number('cuts', Infinity),
    pause: number('pause', 0),
    silence: number('silence', 0),
    status: number('status', 0),
    times: number('times', Infinity),
    length: query.has('length') ? number('length', 0) : undefined,
    type: query.get('type'),
  };
}
