/** `/api/searches`: one named address is asked, with its own key, and its answer comes back as it is. */
import { expect, it } from 'vitest';
import type { RelayConfig } from '../../../relay/contract';
import { searchesFromFile } from '../../../relay/settings/search-settings';
import { fakeServer, jsonByPath } from './support/fake-server';
import { runningRelay } from './support/running-relay';

const answer = { hits: [{ text: 'boil it' }] };

it('asks by GET, beside what the address asks itself', async () => {
  const server = await fakeServer(jsonByPath({ '/find?in=all&q=how+long': answer }));
  const searches = [
    { id: 'wiki', label: 'Wiki', url: `${server.url}/find?in=all`, authorization: 'Bearer secret' },
  ];
  const relay = await runningRelay({ searches });
  const reply = await fetch(`${relay.url}/api/searches/wiki?q=how+long`, { headers: { cookie: 'own=1' } });
  expect(await reply.json()).toEqual(answer);
  expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer secret' });
  expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
  const config = (await (await fetch(`${relay.url}/api/config`)).json()) as RelayConfig;
  expect(config.searches).toEqual([{ id: 'wiki', label: 'Wiki' }]);
  expect(JSON.stringify(config)).not.toContain('secret');
});

it('asks by POST', async () => {
  const server = await fakeServer(jsonByPath({ '/find': answer }));
  const relay = await runningRelay({ searches: [{ id: 'wiki', label: 'Wiki', url: `${server.url}/find` }] });
  const body = JSON.stringify({ query: 'how long' });
  const reply = await fetch(`${relay.url}/api/searches/wiki`, { method: 'POST', body });
  expect(await reply.json()).toEqual(answer);
  expect(server.requests[0]).toMatchObject({ method: 'POST', body });
});

it('knows no other address, and follows none', async () => {
  const server = await fakeServer((_request, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  });
  const relay = await runningRelay({ searches: [{ id: 'wiki', label: 'Wiki', url: server.url }] });
  expect((await fetch(`${relay.url}/api/searches/other`)).status).toBe(404);
  expect((await fetch(`${relay.url}/api/searches/wiki/more`)).status).toBe(404);
  expect((await fetch(`${relay.url}/api/searches/wiki`, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${relay.url}/api/searches/wiki`)).status).toBe(400);
  expect(server.requests).toHaveLength(1);
});

it('wants the token, and keeps its limit', async () => {
  const server = await fakeServer(jsonByPath({ '/': answer }));
  const tokens = [{ name: 'ann', value: 'a-long-secret', requestsPerMinute: 1 }];
  const relay = await runningRelay({ tokens, searches: [{ id: 'wiki', label: 'Wiki', url: server.url }] });
  const ask = (headers: Record<string, string> = {}) => fetch(`${relay.url}/api/searches/wiki`, { headers });
  expect((await ask()).status).toBe(401);
  const authorization = 'Bearer a-long-secret';
  expect((await ask({ authorization })).status).toBe(200);
  expect((await ask({ authorization })).status).toBe(429);
});

it('says why nothing came', async () => {
  const relay = await runningRelay({
    bodyLimitBytes: 10,
    searches: [{ id: 'wiki', label: 'Wiki', url: 'http://127.0.0.1:9/' }],
  });
  const gone = await fetch(`${relay.url}/api/searches/wiki`);
  expect(gone.status).toBe(502);
  expect(await gone.json()).toMatchObject({ error: { code: 'unreachable' } });
  const long = await fetch(`${relay.url}/api/searches/wiki`, { method: 'POST', body: '"far too long"' });
  expect(long.status).toBe(413);
});

it('reads keys from the environment only', () => {
  const wiki = { id: 'wiki', url: 'https://wiki.example/find', apiKeyEnv: 'WIKI_KEY' };
  const file = { path: 'relay.json', searches: [wiki] };
  expect(searchesFromFile(file, { WIKI_KEY: ' k ' })).toEqual([
    { id: 'wiki', label: 'wiki', url: wiki.url, authorization: 'Bearer k' },
  ]);
  expect(() => searchesFromFile(file, {})).toThrow('WIKI_KEY is not set');
  expect(() => searchesFromFile({ ...file, searches: [wiki, wiki] }, { WIKI_KEY: 'k' })).toThrow('twice');
  expect(searchesFromFile(undefined, {})).toEqual([]);
});
