/** An end that lets running answers finish. */
import type { ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { fakeServer } from '../support/fake-server';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

async function relayWithStream() {
  const streams: ServerResponse[] = [];
  const server = await fakeServer((_request, response) => {
    response.write('data: one\n\n');
    streams.push(response);
  });
  const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
  const reply = await fetch(`${relay.url}/relay/vllm/v1/chat/completions`, { method: 'POST', body: '{}' });
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  return { relay, reply, stream: streams[0] };
}

it('a running stream comes to its end, and all else is told to go elsewhere', async () => {
  const { relay, reply, stream } = await relayWithStream();
  expect(relay.runningRequests).toBe(1);
  const drained = relay.drain(60_000);
  for (const path of ['/api/health', '/relay/vllm/v1/models', '/']) {
    const refused = await fetch(relay.url + path);
    expect([path, refused.status]).toEqual([path, 503]);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ error: { code: 'unreachable' } });
  }
  stream?.end('data: two\n\n');
  expect(await reply.text()).toBe('data: one\n\ndata: two\n\n');
  await drained;
  await expect(fetch(`${relay.url}/api/health`)).rejects.toThrow();
});

it('a stream that outlasts the grace is broken off', async () => {
  const { relay, reply } = await relayWithStream();
  await relay.drain(50);
  await expect(reply.text()).rejects.toThrow();
});

it('nothing waits where nothing runs, though connections are open', async () => {
  const relay = await runningRelay();
  await (await fetch(`${relay.url}/api/health`)).text();
  await relay.drain(600_000);
});

it('closing while it drains ends the wait', async () => {
  const { relay, reply } = await relayWithStream();
  const drained = relay.drain(600_000);
  await relay.close();
  await drained;
  await expect(reply.text()).rejects.toThrow();
});
