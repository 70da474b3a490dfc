/** The relay with a certificate: address, cookie, origin, and forwarding. */
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { fakeServer } from '../support/fake-server';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

const pem = (name: string) =>
  readFileSync(new URL(`../../../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
const tls = { cert: pem('cert'), key: pem('key') };
const tokens = [{ name: 'relay', value: 'relay-token' }];

async function call(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request(url, { method, headers, ca: tls.cert });
  sent.end(method === 'POST' ? '{}' : undefined);
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of reply) body += String(chunk);
  return { status: reply.statusCode, headers: reply.headers, body };
}

it('answers by https alone, with a cookie for https alone', async () => {
  const server = await fakeServer((_request, response) => response.end('{"data":[]}'));
  const relay = await runningRelay({ tls, tokens, upstreams: [upstreamOf('vllm', server.url)] });
  expect(relay.url).toMatch(/^https:\/\/localhost:\d+$/);
  expect((await call(`${relay.url}/api/health`)).status).toBe(200);
  const authorization = 'Bearer relay-token';
  const session = await call(`${relay.url}/api/session`, { authorization }, 'POST');
  expect(session.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
  const forwarded = await call(`${relay.url}/relay/vllm/v1/models`, { authorization });
  expect([forwarded.status, forwarded.body]).toEqual([200, '{"data":[]}']);
  await expect(fetch(relay.url.replace('https', 'http'))).rejects.toThrow();
});

it('its own origin is the one with https', async () => {
  const relay = await runningRelay({ tls });
  expect((await call(`${relay.url}/api/config`, { origin: relay.url })).status).toBe(200);
  const plain = relay.url.replace('https', 'http');
  expect((await call(`${relay.url}/api/config`, { origin: plain })).status).toBe(403);
});
