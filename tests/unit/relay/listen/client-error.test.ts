/** What Node's parser refuses is answered with the relay's JSON, and slow or large requests end. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../support/fake-server';
import { rawRequest } from '../support/raw-request';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

/** Sends pieces and collects what comes until the relay hangs up. */
async function converse(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  if (text !== '') socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return answer;
}

function errorOf(answer: string): unknown {
  expect(answer).toContain('x-content-type-options: nosniff\r\n');
  expect(answer).toContain('connection: close\r\n');
  return (JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { error: unknown }).error;
}

describe('a request that Node refuses', () => {
  it('with large headers', async () => {
    const relay = await runningRelay({ headerLimitBytes: 2048 });
    const long = `X-Long: ${'x'.repeat(3000)}`;
    const { status, body } = await rawRequest(relay.port, ['GET /api/health HTTP/1.1', long]);
    expect(status).toBe(431);
    expect(JSON.parse(body)).toEqual({
      error: {
        code: 'bad-request',
        message: expect.stringMatching(/2048 bytes that RELAY_HEADER_LIMIT_BYTES/) as string,
      },
    });
  });

  it('that is no HTTP', async () => {
    const relay = await runningRelay();
    const answer = await converse(relay.port, 'hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(errorOf(answer)).toMatchObject({ code: 'bad-request' });
  });

  it('whose head comes too slowly', async () => {
    const relay = await runningRelay({ headersTimeoutMs: 100 });
    const answer = await converse(relay.port, 'GET /api/health HTTP/1.1\r\nHost: localhost\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(errorOf(answer)).toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/RELAY_HEADERS_TIMEOUT_MS/) as string,
    });
  });

  it('whose body comes too slowly, and which the server never sees', async () => {
    const server = await fakeServer((_request, response) => response.end('{}'));
    const upstreams = [upstreamOf('openai', server.url)];
    const relay = await runningRelay({ headersTimeoutMs: 100, requestTimeoutMs: 200, upstreams });
    const head = `POST /relay/openai/v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{`;
    const answer = await converse(relay.port, head);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(errorOf(answer)).toMatchObject({ code: 'timeout' });
    expect(server.requests).toEqual([]);
  });

  it('a connection that says nothing is closed without a word', async () => {
    const relay = await runningRelay({ headersTimeoutMs: 100 });
    expect(await converse(relay.port, '')).toBe('');
  });

  it('rubbish after a request does not get into its answer', async () => {
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const socket = connect({ port: relay.port, host: '127.0.0.1' });
    socket.write('GET /relay/vllm/v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
      if (chunk.includes('data: one')) socket.write('\0\0rubbish\r\n\r\n');
    });
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(answer).toContain('data: one');
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('the whole time of a request', () => {
  it('ends one that has no answer yet with 504, on both sides', async () => {
    let hasLeft = false;
    const server = await fakeServer((request) => void request.socket.on('close', () => (hasLeft = true)));
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], totalTimeoutMs: 50 });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, { method: 'POST', body: '{}' });
    expect(reply.status).toBe(504);
    expect(await reply.json()).toMatchObject({
      error: { code: 'timeout', message: expect.stringMatching(/RELAY_TOTAL_TIMEOUT_MS/) as string },
    });
    await expect.poll(() => hasLeft).toBe(true);
  });

  it('cuts one that still streams', async () => {
    let hasLeft = false;
    const server = await fakeServer((request, response) => {
      const timer = setInterval(() => response.write('data: x\n\n'), 10);
      request.socket.on('close', () => {
        clearInterval(timer);
        hasLeft = true;
      });
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], totalTimeoutMs: 150 });
    const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, { method: 'POST', body: '{}' });
    await expect(reply.text()).rejects.toThrow();
    await expect.poll(() => hasLeft).toBe(true);
  });

  it('leaves the next request on a kept connection alone', async () => {
    const server = await fakeServer((_request, response) => response.end('{"data":[]}'));
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], totalTimeoutMs: 80 });
    for (let round = 0; round < 4; round++) {
      const reply = await fetch(`${relay.url}/relay/vllm/v1/models`);
      expect(await reply.text()).toBe('{"data":[]}');
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  });
});
