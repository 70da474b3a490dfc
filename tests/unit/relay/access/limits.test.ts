/** What a token may use: requests per minute, and requests at the same time. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { TokenBucket } from '../../../../relay/access/token-bucket';
import { fakeServer } from '../support/fake-server';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

const authorization = 'Bearer ada-token';

async function relayFor(limits: { requestsPerMinute?: number; concurrent?: number }) {
  const waiting: ServerResponse[] = [];
  const server = await fakeServer((request, response) => {
    if (request.url === '/v1/models') response.end('{"data":[]}');
    else waiting.push(response);
  });
  const tokens = [
    { name: 'ada', value: 'ada-token', ...limits },
    { name: 'bob', value: 'bob-token' },
  ];
  const relay = await runningRelay({ tokens, upstreams: [upstreamOf('vllm', server.url)] });
  const call = (path: string, headers: Record<string, string> = { authorization }, method = 'GET') =>
    fetch(relay.url + path, { method, headers });
  return { call, waiting, server };
}

describe('requests per minute', () => {
  it('refuses what is beyond, says when to come again, and leaves others alone', async () => {
    const { call, server } = await relayFor({ requestsPerMinute: 2 });
    const before = server.requests.length;
    for (let round = 0; round < 2; round++) {
      expect((await call('/relay/vllm/v1/models')).status).toBe(200);
    }
    const reply = await call('/relay/vllm/v1/models');
    expect(reply.status).toBe(429);
    const seconds = Number(reply.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(30);
    expect(await reply.json()).toEqual({
      error: {
        code: 'rate-limited',
        message: `The token "ada" may send 2 requests per minute. Try again in ${seconds} s.`,
      },
    });
    expect(server.requests.length - before).toBe(2);
    expect((await call('/relay/vllm/v1/models', { authorization: 'Bearer bob-token' })).status).toBe(200);
    // What is not forwarded does not count.
    expect((await call('/api/config')).status).toBe(200);
    expect((await call('/relay/vllm/metrics')).status).toBe(403);
  });

  it('counts the cookie and the token as one', async () => {
    const { call } = await relayFor({ requestsPerMinute: 1 });
    const session = await call('/api/session', { authorization }, 'POST');
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await call('/relay/vllm/v1/models', { cookie })).status).toBe(200);
    expect((await call('/relay/vllm/v1/models')).status).toBe(429);
  });
});

describe('requests at the same time', () => {
  it('one more is refused until one has ended, however it ended', async () => {
    const { call, waiting } = await relayFor({ concurrent: 1 });
    const chat = () => call('/relay/vllm/v1/chat/completions', { authorization }, 'POST');
    const first = chat();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    const refused = await chat();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({
      error: { code: 'rate-limited', message: expect.stringMatching(/one request at a time/) as string },
    });
    waiting[0]?.end('{}');
    expect((await first).status).toBe(200);
    const broken = chat();
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    waiting[1]?.destroy();
    expect((await broken).status).toBe(502);
    const last = chat();
    await vi.waitFor(() => expect(waiting).toHaveLength(3));
    waiting[2]?.end('{}');
    expect((await last).status).toBe(200);
  });
});

describe('the bucket', () => {
  it('fills evenly and never beyond a minute’s worth', () => {
    const bucket = new TokenBucket(6, 0);
    for (let round = 0; round < 6; round++) expect(bucket.take(0)).toBe(0);
    expect(bucket.take(0)).toBe(10);
    expect(bucket.take(9_000)).toBe(1);
    expect(bucket.take(10_000)).toBe(0);
    expect(bucket.take(10_000)).toBe(10);
    for (let round = 0; round < 6; round++) expect(bucket.take(3_600_000)).toBe(0);
    expect(bucket.take(3_600_000)).toBe(10);
  });
});
