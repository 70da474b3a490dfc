/** What crosses the relay, and what does not; with real servers on both sides. */
import { once } from 'node:events';
import { get, type IncomingMessage, request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeServer } from './support/fake-server';
import { recordedBody } from './support/recording';
import { runningRelay } from './support/running-relay';
import { upstreamOf } from './support/settings';

const other = 'https://chat.example';
const chat = { method: 'POST', body: '{"stream":true}', headers: { 'content-type': 'application/json' } };

describe('bytes', () => {
  it.each([
    ['vllm/chat-stream', 'text/event-stream; charset=utf-8'],
    ['ilab/chat-stream', 'text/event-stream; charset=utf-8'],
    ['ollama/chat_stream', 'application/x-ndjson'],
  ])('%s arrive as they were sent', async (name, contentType) => {
    const body = recordedBody(name);
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-type': contentType });
      // Odd pieces, so that a piece ends within a line and within a character.
      for (let at = 0; at < body.length; at += 97) response.write(body.subarray(at, at + 97));
      response.end();
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, chat);
    expect(Buffer.from(await reply.arrayBuffer()).equals(body)).toBe(true);
    expect(reply.headers.get('content-type')).toBe(contentType);
    expect(reply.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(reply.headers.get('x-accel-buffering')).toBe('no');
  });

  it('of any kind, in pieces of any size, arrive as they were sent, compressed or not', async () => {
    const bytes = fc.uint8Array({ maxLength: 200_000, size: 'max' });
    const anyBody = fc.record({
      bytes,
      sizes: fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1 }),
    });
    let sending: { body: Buffer; sizes: readonly number[]; isZipped: boolean };
    const server = await fakeServer((_request, response) => {
      const { body, sizes, isZipped } = sending;
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
      });
      let at = 0;
      for (let piece = 0; at < body.length; piece++) {
        const size = sizes[piece % sizes.length] ?? 1;
        response.write(body.subarray(at, at + size));
        at += size;
      }
      response.end();
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), async ({ bytes, sizes }, isZipped) => {
        const body = isZipped ? gzipSync(bytes) : Buffer.from(bytes);
        sending = { body, sizes, isZipped };
        const sent = get(`${relay.url}/relay/vllm/v1/models`);
        const [reply] = (await once(sent, 'response')) as [IncomingMessage];
        const pieces: Buffer[] = [];
        for await (const piece of reply) pieces.push(piece as Buffer);
        expect(Buffer.concat(pieces).equals(body)).toBe(true);
        expect(reply.headers['content-encoding']).toBe(isZipped ? 'gzip' : undefined);
      }),
      { numRuns: 40 },
    );
  });

  it('stay compressed when the server compressed them', async () => {
    const zipped = gzipSync('{"data":[]}');
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
      response.end(zipped);
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/models`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(reply.headers.get('content-encoding')).toBe('gzip');
    expect(await reply.json()).toEqual({ data: [] });
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('of a request arrive whole, with a length or in chunks', async () => {
    const server = await fakeServer((_request, response) => response.end('{}'));
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const text = JSON.stringify({ text: 'ä€😀'.repeat(50_000) });
    const url = `${relay.url}/relay/vllm/v1/embeddings`;
    await (await fetch(url, { method: 'POST', body: text })).text();
    const pieces = new ReadableStream({
      start(controller) {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += 50_001) controller.enqueue(bytes.subarray(at, at + 50_001));
        controller.close();
      },
    });
    await (await fetch(url, { method: 'POST', body: pieces, duplex: 'half' } as RequestInit)).text();
    expect(server.requests.map(({ body }) => body === text)).toEqual([true, true]);
  });

  it('of a refusal by the server pass unchanged, status included', async () => {
    const server = await fakeServer((_request, response) => {
      response.writeHead(429, { 'retry-after': '7', 'content-type': 'application/json' });
      response.end('{"error":"slow down"}');
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, chat);
    expect([reply.status, reply.headers.get('retry-after'), await reply.text()]).toEqual([
      429,
      '7',
      '{"error":"slow down"}',
    ]);
  });
});

describe('headers', () => {
  it('of the caller stay behind, except those a model server needs', async () => {
    const server = await fakeServer((_request, response) => response.end('{}'));
    const authorization = 'Bearer upstream-key';
    const upstreams = [upstreamOf('vllm', server.url, { authorization })];
    const relay = await runningRelay({ upstreams, tokens: [{ name: 'relay', value: 'relay-token' }] });
    const { port } = relay;
    const sent = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/relay/vllm/v1/chat/completions',
      method: 'POST',
      headers: {
        host: `localhost:${port}`,
        origin: `http://localhost:${port}`,
        referer: `http://localhost:${port}/#/chat/secret`,
        cookie: 'a=1; b=2',
        authorization: 'Bearer relay-token',
        'x-api-key': 'another',
        'proxy-authorization': 'Basic eDp5',
        connection: 'keep-alive, X-Request-Id',
        'x-request-id': 'named by Connection',
        te: 'trailers',
        'x-forwarded-for': '6.6.6.6',
        forwarded: 'for=6.6.6.6',
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
    });
    sent.end('{}');
    const [reply] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    reply.resume();
    expect(reply.statusCode).toBe(200);
    const { headers } = server.requests[0] ?? {};
    expect(headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
      'user-agent': 'Switchyard',
      authorization,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'content-length': '2',
    });
  });

  it('of the server stay behind, except those the page needs', async () => {
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, {
        'set-cookie': ['session=1', 'other=2'],
        'access-control-allow-origin': '*',
        'access-control-allow-credentials': 'true',
        'clear-site-data': '"*"',
        refresh: '0; url=https://evil.example',
        link: '<https://evil.example>; rel=preload',
        'service-worker-allowed': '/',
        'content-security-policy': 'script-src *',
        connection: 'X-Ratelimit-Hidden, keep-alive',
        'x-ratelimit-hidden': '1',
        'x-ratelimit-remaining-requests': '9',
        'content-type': 'text/html',
      });
      response.end('<script>alert(1)</script>');
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const { headers } = await fetch(`${relay.url}/relay/vllm/v1/models`);
    expect(
      Object.fromEntries([...headers].filter(([name]) => !['date', 'keep-alive'].includes(name))),
    ).toEqual({
      'cache-control': 'no-store, no-transform',
      connection: 'keep-alive',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'content-type': 'text/html',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'transfer-encoding': 'chunked',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-ratelimit-remaining-requests': '9',
    });
  });

  it('let an allowed origin read streams, refusals of the server and errors of the relay', async () => {
    const server = await fakeServer((request, response) => {
      response.writeHead(request.url === '/v1/models' ? 500 : 200, { 'content-type': 'text/event-stream' });
      response.end('data: {}\n\n');
    });
    const upstreams = [upstreamOf('vllm', server.url), upstreamOf('openai', 'http://127.0.0.1:1')];
    const relay = await runningRelay({
      upstreams,
      allowedOrigins: [other],
      tokens: [{ name: 'relay', value: 'relay-token' }],
      bodyLimitBytes: 1024,
    });
    const authorization = 'Bearer relay-token';
    const big = 'x'.repeat(2000);
    const cases: [number, string, { method?: string; body?: string; headers?: Record<string, string> }][] = [
      [200, '/relay/vllm/v1/chat/completions', { method: 'POST', body: '{}', headers: { authorization } }],
      [500, '/relay/vllm/v1/models', { headers: { authorization } }],
      [502, '/relay/openai/v1/models', { headers: { authorization } }],
      [403, '/relay/vllm/metrics', { headers: { authorization } }],
      [404, '/relay/nobody/v1/models', { headers: { authorization } }],
      [413, '/relay/vllm/v1/chat/completions', { method: 'POST', body: big, headers: { authorization } }],
      [401, '/relay/vllm/v1/models', {}],
      [401, '/api/status', {}],
      [200, '/api/config', { headers: { authorization } }],
      [204, '/relay/vllm/v1/models', { method: 'OPTIONS' }],
      [204, '/api/status', { method: 'OPTIONS' }],
    ];
    for (const [status, path, init] of cases) {
      const reply = await fetch(relay.url + path, { ...init, headers: { ...init.headers, origin: other } });
      await reply.text();
      expect([path, reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([
        path,
        status,
        other,
      ]);
      expect(reply.headers.get('vary')).toContain('Origin');
    }
  });
});

describe('the end of an exchange', () => {
  it('an abort by the client closes the connection to the server', async () => {
    let closed: Promise<unknown> | undefined;
    const server = await fakeServer((_request, response) => {
      closed = once(response, 'close').then(() => response.writableEnded);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const abort = new AbortController();
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, {
      ...chat,
      signal: abort.signal,
    });
    await reply.body?.getReader().read();
    abort.abort();
    expect(await closed).toBe(false);
  });

  it('an abort before the first byte does so too', async () => {
    const arrived = deferred();
    let closed: Promise<unknown> | undefined;
    const server = await fakeServer((_request, response) => {
      closed = once(response, 'close').then(() => response.writableEnded);
      arrived.resolve();
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const abort = new AbortController();
    const reply = fetch(`${relay.url}/relay/vllm/v1/chat/completions`, { ...chat, signal: abort.signal });
    await arrived.promise;
    abort.abort();
    await expect(reply).rejects.toThrow();
    expect(await closed).toBe(false);
  });

  it('a stream that the server breaks off breaks off, and what came is kept', async () => {
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n', () => response.destroy());
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, chat);
    const reader = reply.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    await expect(reader?.read()).rejects.toThrow();
  });

  it('a client that reads slowly slows the server down', async () => {
    const total = 64 * 1024 * 1024;
    let sent = 0;
    const stalled = deferred();
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const piece = Buffer.alloc(256 * 1024, 'x');
      const push = (): void => {
        while (sent < total) {
          sent += piece.length;
          if (!response.write(piece)) {
            // No drain for a while means that every buffer on the way is full.
            const timer = setTimeout(stalled.resolve, 1000);
            response.once('drain', () => {
              clearTimeout(timer);
              push();
            });
            return;
          }
        }
        response.end();
      };
      push();
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const sentRequest = get(`${relay.url}/relay/vllm/v1/models`);
    const [reply] = (await once(sentRequest, 'response')) as [NodeJS.ReadableStream];
    await stalled.promise;
    expect(sent).toBeLessThan(total / 2);
    let received = 0;
    for await (const chunk of reply) received += chunk.length;
    expect(received).toBe(total);
  });
});

describe('failures of the way', () => {
  const codeOf = async (reply: Response) => {
    const { error } = (await reply.json()) as { error: { code: string; message: string } };
    return [reply.status, error.code, error.message];
  };

  it('nobody at the address', async () => {
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', 'http://127.0.0.1:1')] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/models`);
    expect(await codeOf(reply)).toEqual([
      502,
      'unreachable',
      expect.stringMatching(/The vllm does not answer/),
    ]);
  });

  it('a server that hangs up', async () => {
    const server = await fakeServer((request) => void request.socket.destroy());
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, chat);
    expect(await codeOf(reply)).toEqual([502, 'unreachable', expect.stringMatching(/closed the connection/)]);
  });

  it('a redirect, which would carry the key or the reader elsewhere', async () => {
    const server = await fakeServer((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' });
      response.end();
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/models`, { redirect: 'manual' });
    expect(reply.headers.get('location')).toBeNull();
    expect(await codeOf(reply)).toEqual([502, 'server-failed', expect.stringMatching(/redirect \(302\)/)]);
  });

  it('a server that is silent for longer than the limit', async () => {
    const server = await fakeServer(() => undefined);
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], idleTimeoutMs: 50 });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/models`);
    expect(await codeOf(reply)).toEqual([504, 'timeout', expect.stringMatching(/RELAY_IDLE_TIMEOUT_MS/)]);
  });

  it.each(['with a length', 'in chunks'])(
    'a body over the limit, %s, which the server never sees',
    async (form) => {
      const server = await fakeServer((_request, response) => response.end('{}'));
      const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], bodyLimitBytes: 1000 });
      const sent = httpRequest(`${relay.url}/relay/vllm/v1/embeddings`, {
        method: 'POST',
        headers: form === 'in chunks' ? { 'transfer-encoding': 'chunked' } : { 'content-length': 1001 },
      });
      sent.on('error', () => undefined);
      sent.end('x'.repeat(1001));
      const [reply] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
      let text = '';
      for await (const chunk of reply) text += String(chunk);
      expect(reply.statusCode).toBe(413);
      expect(JSON.parse(text)).toMatchObject({ error: { code: 'bad-request' } });
      expect(server.requests).toEqual([]);
    },
  );
});

function deferred() {
  let resolve = (_value?: unknown): void => undefined;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}
