/** `/api/databases`: only what the configuration names, only works that there are, and nothing but values from the page. */
import { expect, it } from 'vitest';
import type { RelayConfig } from '../../../relay/contract';
import { databasesFromFile } from '../../../relay/settings/database-settings';
import type { DatabaseSettings } from '../../../relay/settings/settings';
import { runningRelay } from './support/running-relay';

const shelf: DatabaseSettings = {
  id: 'shelf',
  label: 'Shelf',
  url: 'postgres://ann:secret@127.0.0.1:9/db',
  table: 'shelf',
  dimensions: 3,
  language: 'english',
  allowsChanges: false,
};

it('tells the page what there is, and no address', async () => {
  const relay = await runningRelay({ databases: [shelf] });
  const text = await (await fetch(`${relay.url}/api/config`)).text();
  expect((JSON.parse(text) as RelayConfig).databases).toEqual([
    { id: 'shelf', label: 'Shelf', dimensions: 3, allowsChanges: false },
  ]);
  expect(text).not.toMatch(/secret|127\.0\.0\.1/);
});

it.each([
  ['POST', 'other/kept', '{"owner":"a"}', 404],
  ['POST', 'shelf/truncate', '{}', 404],
  ['GET', 'shelf/kept', undefined, 405],
  ['POST', 'shelf/kept', '{}', 400],
  ['POST', 'shelf/kept', 'no JSON', 400],
  ['POST', 'shelf/search', '{"text":"x","depth":1000000}', 400],
  ['POST', 'shelf/search', '{"text":"x","depth":5,"vector":[1]}', 400],
  ['POST', 'shelf/drop', '{"owner":"a"}', 400],
  ['POST', 'shelf/kept', '{"owner":"a"}', 502],
])('%s %s with %s is answered with %i', async (method, path, body, status) => {
  const relay = await runningRelay({ databases: [shelf], connectTimeoutMs: 1000 });
  const init = body === undefined ? { method } : { method, body };
  const reply = await fetch(`${relay.url}/api/databases/${path}`, init);
  expect(reply.status).toBe(status);
  const text = await reply.text();
  expect(JSON.parse(text)).toHaveProperty('error.message');
  expect(text).not.toMatch(/secret|127\.0\.0\.1/);
});

it('reads addresses from the environment only', () => {
  const named = { id: 'shelf', urlEnv: 'SHELF_URL', table: 'shelf', dimensions: 3 };
  const file = { path: 'relay.json', databases: [named] };
  const variables = { SHELF_URL: shelf.url };
  expect(databasesFromFile(file, variables)).toEqual([{ ...shelf, label: 'shelf' }]);
  expect(() => databasesFromFile(file, {})).toThrow('SHELF_URL must hold the address');
  expect(() => databasesFromFile(file, { SHELF_URL: 'http://x' })).toThrow('such as postgres://');
  expect(() => databasesFromFile({ ...file, databases: [named, named] }, variables)).toThrow('twice');
});
