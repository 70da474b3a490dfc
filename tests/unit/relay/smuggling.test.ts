/** Requests that say two things at once, and servers that send elsewhere: over real sockets, before recording servers. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fakeServer } from './support/fake-server';
import { rawRequest } from './support/raw-request';
import { runningRelay } from './support/running-relay';
import { upstreamOf } from './support/settings';

const key = 'Bearer upstream-key';
const token = 'relay-token';

/** A listed server with a key, and one that no request may reach. */
async function relayBeforeTwo(more: Parameters<typeof runningRelay>[0] = {}) {
  const unlisted = await fakeServer((_request, response) => response.end('never'));
  const listed = await fakeServer((request, response) => {
    const status = Number(new URL(request.url ?? '', 'http://x').searchParams.get('status') ?? 200);
    const elsewhere = { location: `${unlisted.url}/stolen`, refresh: `0; url=${unlisted.url}` };
    response.writeHead(status, status === 200 ? {} : { ...elsewhere, 'set-cookie': 'a=b' });
    response.end(status === 204 || status === 304 ? undefined : '{"data":[]}');
  });
  const upstreams = [upstreamOf('openai', listed.url, { authorization: key })];
  const relay = await runningRelay({ upstreams, ...more });
  return { relay, listed, unlisted };
}

const chat = '/relay/openai/v1/chat/completions';
const smuggled = 'POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}';
const chunked = `0\r\n\r\n${smuggled}`;

describe('a request that says two things', () => {
  it.each([
    ['two lengths', ['Content-Length: 2', 'Content-Length: 200']],
    ['two lengths in one', ['Content-Length: 2, 200']],
    ['a length and chunks', ['Content-Length: 2', 'Transfer-Encoding: chunked']],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 2']],
    ['chunks behind something else', ['Transfer-Encoding: chunked, identity']],
    ['chunks misspelt', ['Transfer-Encoding: xchunked']],
    ['chunks with a space before the colon', ['Transfer-Encoding : chunked']],
    ['chunks on a folded line', ['Transfer-Encoding:', ' chunked', 'Content-Length: 2']],
    ['a header on a folded line', ['X-Request-Id: a', '\tX-Session-Id: b', 'Content-Length: 200']],
    ['a length that is none', ['Content-Length: +2']],
    ['a length in hex', ['Content-Length: 0x2']],
    ['a negative length', ['Content-Length: -1']],
    ['two hosts', ['Host: localhost', 'Host: evil.example', 'Content-Length: 2']],
    ['a host with a zero byte', ['Host: localhost\0.evil.example', 'Content-Length: 2']],
    ['a lone line feed', ['X-Request-Id: a\nContent-Length: 0', 'Content-Length: 200']],
    ['a lone carriage return', ['X-Request-Id: a\rTransfer-Encoding: chunked', 'Content-Length: 2']],
    ['a zero byte', ['X-Request-Id: a\0b', 'Content-Length: 2']],
    ['no name', [': chunked', 'Content-Length: 2']],
  ])('%s: reaches no server as two, nor anything unlisted', async (_name, headers) => {
    const { relay, listed, unlisted } = await relayBeforeTwo();
    const { status } = await sendAll(relay.port, [`POST ${chat} HTTP/1.1`, ...headers], chunked);
    const forwarded = listed.requests.filter(({ url }) => url === '/v1/chat/completions');
    // Refused by the parser, or one request with one body; never the one inside it.
    expect(status === undefined || status === 200 || (status >= 400 && status < 500)).toBe(true);
    expect(forwarded.length).toBeLessThanOrEqual(status === 200 ? 1 : 0);
    expect(listed.requests.filter(({ url }) => url === '/v1/files')).toEqual([]);
    expect(unlisted.requests).toEqual([]);
  });

  it.each([
    ['CONNECT 127.0.0.1:80 HTTP/1.1'],
    ['TRACE /relay/openai/v1/models HTTP/1.1'],
    ['OPTIONS * HTTP/1.1'],
    ['GET * HTTP/1.1'],
    ['GET relay/openai/v1/models HTTP/1.1'],
    ['GET http://127.0.0.1/relay/openai/v1/models HTTP/1.1'],
    ['GET http://user@localhost/relay/openai/v1/models HTTP/1.1'],
    ['GET //localhost/relay/openai/v1/models HTTP/1.1'],
    ['GET /relay/openai/v1/models\tx HTTP/1.1'],
    ['PRI * HTTP/2.0'],
    ['PUT /relay/openai/v1/models HTTP/1.1'],
    ['DELETE /relay/openai/v1/models HTTP/1.1'],
    ['PATCH /relay/openai/v1/chat/completions HTTP/1.1'],
  ])('%s reaches no server', async (line) => {
    const { relay, listed, unlisted } = await relayBeforeTwo();
    const before = listed.requests.length;
    const { status } = await sendAll(relay.port, [line], '');
    expect(status === undefined || status === 204 || (status >= 400 && status < 600)).toBe(true);
    expect(listed.requests.slice(before)).toEqual([]);
    expect(unlisted.requests).toEqual([]);
  });

  it('an upgrade is no way through', async () => {
    const { relay, listed } = await relayBeforeTwo();
    const before = listed.requests.length;
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const { status, head } = await rawRequest(relay.port, [`GET ${chat} HTTP/1.1`, ...upgrade]);
    expect(status).toBe(403);
    expect(head).not.toContain('upgrade:');
    expect(listed.requests.slice(before)).toEqual([]);
  });
});

describe('headers that must not cross', () => {
  it.each([
    'Cookie: session=secret',
    'Origin: http://localhost:PORT',
    'Referer: http://localhost/secret',
    'X-Forwarded-For: secret',
    'X-Forwarded-Host: secret.example',
    'Forwarded: for=secret',
    'X-Real-Ip: secret',
    'X-Api-Key: secret',
    'Proxy-Authorization: secret',
    'X-Http-Method-Override: DELETE',
    'X-Original-Url: /secret',
    'Te: trailers',
    'Max-Forwards: 0',
    'Keep-Alive: timeout=1',
    'X-User-Id: secret',
  ])('%s', async (line) => {
    const { relay, listed } = await relayBeforeTwo({ tokens: [{ name: 'relay', value: token }] });
    const headers = [line.replace('PORT', String(relay.port)), `Authorization: Bearer ${token}`];
    const { status } = await rawRequest(relay.port, ['GET /relay/openai/v1/models HTTP/1.1', ...headers]);
    expect(status).toBe(200);
    const sent = listed.requests.at(-1);
    expect(sent?.headers.authorization).toBe(key);
    expect(sent?.headers).not.toHaveProperty(line.slice(0, line.indexOf(':')).toLowerCase());
    expect(JSON.stringify(sent)).not.toMatch(new RegExp(`secret|${token}`));
  });

  it.each(['x-session-id', 'x-request-id'])('%s crosses, unless Connection names it', async (name) => {
    const { relay, listed } = await relayBeforeTwo();
    const get = 'GET /relay/openai/v1/models HTTP/1.1';
    await rawRequest(relay.port, [get, `${name}: abc`]);
    expect(listed.requests.at(-1)?.headers[name]).toBe('abc');
    await rawRequest(relay.port, [get, `${name}: abc`, `Connection: ${name.toUpperCase()}`]);
    expect(listed.requests.at(-1)?.headers).not.toHaveProperty(name);
  });
});

describe('a server that sends elsewhere', () => {
  it.each([300, 301, 302, 303, 305, 307, 308])(
    '%d is not followed, and its address stays here',
    async (status) => {
      const { relay, listed, unlisted } = await relayBeforeTwo();
      for (const method of ['GET', 'POST']) {
        const path = method === 'GET' ? '/relay/openai/v1/models' : chat;
        const reply = await rawRequest(relay.port, [`${method} ${path}?status=${status} HTTP/1.1`]);
        expect(reply.status).toBe(502);
        expect(JSON.parse(reply.body)).toMatchObject({ error: { code: 'server-failed' } });
        expect(reply.head + reply.body).not.toMatch(/location:|refresh:|set-cookie:|stolen|upstream-key/);
      }
      expect(listed.requests.map(({ headers }) => headers.authorization)).toEqual([key, key]);
      expect(unlisted.requests).toEqual([]);
    },
  );

  it('cannot set a cookie or send on by another header', async () => {
    const { relay, unlisted } = await relayBeforeTwo();
    const { status, head } = await rawRequest(relay.port, [
      `GET /relay/openai/v1/models?status=418 HTTP/1.1`,
    ]);
    expect(status).toBe(418);
    expect(head).not.toMatch(/location:|refresh:|set-cookie:/);
    expect(unlisted.requests).toEqual([]);
  });
});

describe('a form or a script of another site', () => {
  it.each([
    ['text/plain', 'Origin: https://evil.example'],
    ['application/x-www-form-urlencoded', 'Origin: https://evil.example'],
    ['multipart/form-data; boundary=x', 'Origin: null'],
    ['text/plain', 'Sec-Fetch-Site: cross-site'],
    ['text/plain', 'Sec-Fetch-Site: same-site'],
    ['application/json', 'Origin: http://localhost.evil.com'],
    ['application/json', 'Origin: http://xn--lcalhost-54a'],
  ])('POST %s with %s starts nothing', async (type, from) => {
    const { relay, listed } = await relayBeforeTwo();
    const before = listed.requests.length;
    const headers = [`Content-Type: ${type}`, from, 'Cookie: switchyard-1=x'];
    const { status } = await rawRequest(relay.port, [`POST ${chat} HTTP/1.1`, ...headers], '{}');
    expect(status).toBe(403);
    expect(listed.requests.slice(before)).toEqual([]);
  });
});

/** Like rawRequest, with the body as it is and without a length of its own; `undefined` for a silent hang-up. */
async function sendAll(port: number, lines: readonly string[], body: string): Promise<{ status?: number }> {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: localhost:${port}`];
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.end(`${[...lines, ...host, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
  return status === undefined ? {} : { status: Number(status) };
}
