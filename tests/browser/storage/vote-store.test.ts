/** Votes in a real IndexedDB. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Vote } from '../../../src/core/vote';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { VoteStore } from '../../../src/storage/vote-store';
import { vote } from './rows';

let database: SwitchyardDatabase;
let store: VoteStore;

beforeEach(() => {
  database = new SwitchyardDatabase(`votes-${crypto.randomUUID()}`);
  store = new VoteStore(database);
});
afterEach(() => deleteDB(database.name));

const fail = (thrown: unknown): never => {
  throw thrown;
};

test('votes come in the order of their making, also to another tab, and one can be taken back', async () => {
  const seen = vi.fn<(votes: Vote[]) => void>();
  const stop = new VoteStore(new SwitchyardDatabase(database.name)).watch(seen, fail);
  await store.add([vote('b', 2)]);
  await store.add([vote('a', 1)]);
  await expect.poll(() => seen.mock.lastCall?.[0].map(({ id }) => id)).toEqual(['a', 'b']);
  await store.delete('b');
  await expect.poll(() => seen.mock.lastCall?.[0]).toEqual([vote('a', 1)]);
  stop();
});

test('what was deleted can be added again', async () => {
  await store.add([vote('a', 1), vote('b', 2)]);
  const deleted = await store.deleteAll();
  const connection = await database.connect();
  expect(await connection.count('votes')).toBe(0);
  await store.add(deleted);
  expect(await connection.getAllFromIndex('votes', 'createdAt')).toEqual([vote('a', 1), vote('b', 2)]);
});

test('half of several votes is none', async () => {
  const broken = { ...vote('b', 2), id: undefined } as unknown as Vote;
  await expect(store.add([vote('a', 1), broken])).rejects.toMatchObject({ name: 'BackendError' });
  expect(await (await database.connect()).count('votes')).toBe(0);
});
