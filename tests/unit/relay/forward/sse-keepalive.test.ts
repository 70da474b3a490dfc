/** Comments before the first event, where the operator wants them; otherwise no byte that the server did not send. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../support/fake-server';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

async function ask(sseKeepaliveMs: number, type = 'text/event-stream', coding?: string): Promise<string> {
  const server = await fakeServer((_, response) => {
    response.writeHead(200, { 'content-type': type, ...(coding && { 'content-encoding': coding }) });
    response.flushHeaders();
    setTimeout(() => response.write('data: 1\n\n'), 250);
    setTimeout(() => response.end('data: 2\n\n'), 500);
  });
  const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], sseKeepaliveMs });
  const url = `${relay.url}/relay/vllm/v1/chat/completions`;
  return (await fetch(url, { method: 'POST', body: '{}' })).text();
}

describe('RELAY_SSE_KEEPALIVE_MS', () => {
  it('sends comments until the server has begun, and none after that', async () => {
    expect(await ask(50)).toMatch(/^(:\n\n)+data: 1\n\ndata: 2\n\n$/);
  });

  it.each([
    ['when it is 0', 0, 'text/event-stream', undefined],
    ['to lines of JSON', 50, 'application/x-ndjson', undefined],
    ['to what is coded', 50, 'text/event-stream', 'identity'],
  ])('adds nothing %s', async (_, milliseconds, type, coding) => {
    expect(await ask(milliseconds, type, coding)).toBe('data: 1\n\ndata: 2\n\n');
  });

  it('stops when the reader leaves', async () => {
    const closed: number[] = [];
    const server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      response.on('close', () => closed.push(1));
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)], sseKeepaliveMs: 20 });
    const abort = new AbortController();
    const url = `${relay.url}/relay/vllm/v1/chat/completions`;
    const reply = await fetch(url, { method: 'POST', body: '{}', signal: abort.signal });
    await reply.body?.getReader().read();
    abort.abort();
    await wait(200);
    expect(closed).toEqual([1]);
  });
});
