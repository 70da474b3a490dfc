/**
 * A file server that breaks on demand, as a Vite plugin: the download worker's own requests reach it, which no
 * stub in the page could. `/faulty/NAME?bytes=N&…` gives N bytes of a fixed pattern.
 *
 * - `cut=M` closes the connection after every M bytes of a reply
 * - `range=no` ignores ranges; `etag=new` names another version with every reply
 * - `status=S` for the first `times=T` replies (every one where it is absent)
 * - `type=html` gives a web page; `length=N` claims another size; `pause=MS` waits between pieces
 *
 * `/faulty-log/NAME` tells how many requests came and how many bytes went out.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';

interface Log {
  requests: number;
  bytes: number;
  ranges: string[];
}

const piece = 64 * 1024;

export function faultyFiles(): Plugin {
  const logs = new Map<string, Log>();
  return {
    name: 'faulty-files',
    configureServer({ middlewares }) {
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
    },
  };
}

async function reply(request: IncomingMessage, response: ServerResponse, log: Log): Promise<void> {
  const { bytes, cut, pause, length, status, times, type, query } = optionsOf(request);
  log.requests++;
  log.ranges.push(request.headers.range ?? 'all');
  if (status && log.requests <= times) {
    response.writeHead(status, query.has('retry-after') ? { 'retry-after': '0' } : {});
    return void response.end('no');
  }
  if (type === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' });
    return void response.end('<!doctype html><title>Sign in</title>');
  }
  const wanted = /bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1];
  const from = wanted === undefined || query.get('range') === 'no' ? 0 : Number(wanted);
  if (from >= bytes) {
    response.writeHead(416, { 'content-range': `bytes */${bytes}` });
    return void response.end();
  }
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': (length ?? bytes) - from,
    etag: query.get('etag') === 'new' ? `"${log.requests}"` : '"1"',
    ...(from > 0 && { 'content-range': `bytes ${from}-${bytes - 1}/${length ?? bytes}` }),
  });
  const end = Math.min(bytes, from + cut);
  for (let at = from; at < end; at += piece) {
    const chunk = contentOf(at, Math.min(end, at + piece));
    if (response.destroyed) return;
    log.bytes += chunk.length;
    await new Promise((resolve) => response.write(chunk, resolve));
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  if (end < bytes) response.destroy();
  else response.end();
}

/** The same at the same place in every reply, and different from place to place. */
function contentOf(from: number, to: number): Buffer {
  const content = Buffer.alloc(to - from);
  for (let index = 0; index < content.length; index++) {
    const at = from + index;
    content[index] = (at * 31 + (at >> 8) * 17 + (at >> 16) * 7 + 1) & 255;
  }
  return content;
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
    pause: number('pause', 0),
    status: number('status', 0),
    times: number('times', Infinity),
    length: query.has('length') ? number('length', 0) : undefined,
    type: query.get('type'),
  };
}
