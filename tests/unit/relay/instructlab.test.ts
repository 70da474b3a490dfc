/** InstructLab takes one request at a time and breaks off a stream when it is asked for something else. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { RelayStatus } from '../../../relay/contract';
import { fakeServer } from './support/fake-server';
import { runningRelay } from './support/running-relay';
import { upstreamOf } from './support/settings';

/** Like the real one: a second request at the same time is refused with 503 in plain text. */
async function oneAtATime() {
  const streams: ServerResponse[] = [];
  const refused: string[] = [];
  let running = 0;
  const server = await fakeServer((request, response) => {
    if (running > 0) {
      refused.push(request.url ?? '');
      response.writeHead(503).end('Service Unavailable');
      return;
    }
    running++;
    response.on('close', () => running--);
    if (request.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id":"m"}]}');
    } else if (request.url === '/openapi.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"info":{"version":"0.3.6"}}');
    } else {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      streams.push(response);
    }
  });
  const relay = await runningRelay({ upstreams: [upstreamOf('instructlab', server.url)] });
  const status = async () =>
    ((await (await fetch(`${relay.url}/api/status`)).json()) as RelayStatus).upstreams[0];
  const chat = (signal?: AbortSignal) =>
    fetch(`${relay.url}/relay/instructlab/v1/chat/completions`, {
      method: 'POST',
      body: '{}',
      ...(signal ? { signal } : {}),
    });
  return { server, streams, refused, status, chat };
}

const chats = (requests: readonly { url: string }[]) =>
  requests.filter(({ url }) => url.endsWith('completions')).length;

describe('InstructLab', () => {
  it('is not asked for its state while a stream runs; the last known state is told', async () => {
    const { server, streams, refused, status, chat } = await oneAtATime();
    const before = await status();
    expect(before).toMatchObject({
      state: 'ready',
      models: [{ id: 'm' }],
      version: 'llama-cpp-python 0.3.6',
    });
    const reply = await chat();
    const asked = server.requests.length;
    expect(await status()).toEqual(before);
    expect(server.requests).toHaveLength(asked);
    streams[0]?.end();
    await reply.text();
    await status();
    expect(server.requests.length).toBeGreaterThan(asked);
    expect(refused).toEqual([]);
  });

  it('gets the second request when the first has ended', async () => {
    const { server, streams, refused, status, chat } = await oneAtATime();
    await status();
    const first = await chat();
    const second = chat();
    const third = chat();
    // A request to another address of the relay takes as long as those would.
    await status();
    expect(chats(server.requests)).toBe(1);
    streams[0]?.end();
    await first.text();
    await second;
    expect(chats(server.requests)).toBe(2);
    streams[1]?.end();
    expect((await third).status).toBe(200);
    streams[2]?.end();
    expect(refused).toEqual([]);
  });

  it('never hears of a request whose caller left the line', async () => {
    const { server, streams, status, chat } = await oneAtATime();
    await status();
    const first = await chat();
    const abort = new AbortController();
    const second = chat(abort.signal);
    // Time for the second to be in line before the third.
    await status();
    await status();
    const third = chat();
    await status();
    abort.abort();
    await expect(second).rejects.toThrow();
    // Time for the relay to notice, so that the caller leaves the line and not the server.
    await status();
    await status();
    streams[0]?.end();
    await first.text();
    expect((await third).status).toBe(200);
    expect(chats(server.requests)).toBe(2);
    streams[1]?.end();
  });

  it('is free for the next when the caller stops a stream', async () => {
    const { server, streams, status, chat } = await oneAtATime();
    await status();
    const abort = new AbortController();
    const first = await chat(abort.signal);
    await first.body?.getReader().read();
    const second = chat();
    abort.abort();
    expect((await second).status).toBe(200);
    expect(chats(server.requests)).toBe(2);
    streams[1]?.end();
  });

  it('keeps no idle connection, which it would count as a request', async () => {
    const { server, streams, status, chat } = await oneAtATime();
    await status();
    const reply = await chat();
    streams[0]?.end();
    await reply.text();
    await status();
    const urls = ['/v1/models', '/openapi.json', '/v1/chat/completions', '/v1/models'];
    expect(server.requests.map(({ url }) => url)).toEqual(urls);
    expect(server.requests.map(({ headers }) => headers.connection)).toEqual(urls.map(() => 'close'));
  });
});
