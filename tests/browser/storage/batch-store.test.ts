/** Batches and their answers in a real IndexedDB, also in one of an earlier version. */
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Batch, CellResult } from '../../../src/core/batch';
import { BatchStore, type ListedBatch } from '../../../src/storage/batch-store';
import { SwitchyardDatabase } from '../../../src/storage/database';

let database: SwitchyardDatabase;
let store: BatchStore;

beforeEach(() => {
  database = new SwitchyardDatabase(`batches-${crypto.randomUUID()}`);
  store = new BatchStore(database);
});
afterEach(() => deleteDB(database.name));

const batch = (id: string, updatedAt = 1): Batch => ({
  id,
  createdAt: 1,
  updatedAt,
  run: {
    title: id,
    data: { columns: ['text'], items: [{ text: 'x' }] },
    prompt: '{{text}}',
    lanes: [{ backendId: 'b', modelId: 'm' }],
    common: { params: {}, systemPrompt: '' },
    repeats: 1,
    grid: {},
    checks: [],
    expected: '',
    concurrency: {},
    upstreams: [],
  },
});
const result = (cell: number, text = 'yes'): CellResult => ({
  cell,
  state: 'done',
  startedAt: 1,
  attempts: 1,
  source: { kind: 'openai', label: 'B · m' },
  text,
  reasoning: '',
  effects: [],
});
const fail = (thrown: unknown): never => {
  throw thrown;
};

test('answers are kept as they come, in the order of the plan, each by its batch', async () => {
  await store.save(batch('a'));
  await store.save(batch('ab'));
  for (const cell of [10, 2, 1]) await store.saveResult('a', result(cell));
  await store.saveResult('ab', result(0));
  expect((await store.readResults('a')).map(({ cell }) => cell)).toEqual([1, 2, 10]);
  await store.saveResult('a', result(2, 'better'));
  expect((await store.readResults('a'))[1]).toEqual(result(2, 'better'));
});

test('the list has the newest first, with how many answers there are', async () => {
  const seen = vi.fn<(all: ListedBatch[]) => void>();
  const stop = store.watch(seen, fail);
  await store.save(batch('old', 1));
  await store.saveResult('old', result(0));
  await store.save(batch('new', 2));
  await expect
    .poll(() => seen.mock.lastCall?.[0].map(({ batch: { id }, results }) => [id, results]))
    .toEqual([
      ['new', 0],
      ['old', 1],
    ]);
  stop();
});

test('an answer does not make the list be read again', async () => {
  await store.save(batch('a'));
  const seen = vi.fn<(all: ListedBatch[]) => void>();
  const stop = store.watch(seen, fail);
  await expect.poll(() => seen.mock.calls.length).toBe(1);
  await store.saveResult('a', result(0));
  await store.save(batch('a', 5));
  await expect.poll(() => seen.mock.lastCall?.[0][0]?.batch.updatedAt).toBe(5);
  expect(seen).toHaveBeenCalledTimes(2);
  stop();
});

test('a deleted batch is gone with its answers and no other’s, takes no late one, and comes back whole', async () => {
  for (const id of ['a', 'b']) {
    await store.save(batch(id));
    await store.saveResult(id, result(0));
  }
  const deleted = await store.delete('a');
  await store.saveResult('a', result(1));
  const connection = await database.connect();
  expect((await connection.getAll('batchResults')).map(({ batchId }) => batchId)).toEqual(['b']);
  if (deleted) await store.restore(deleted);
  expect(await store.get('a')).toEqual(batch('a'));
  expect(await store.readResults('a')).toEqual([result(0)]);
});

test('a database of version 4 gets the tables and loses nothing', async () => {
  const old = await openDB(database.name, 40, {
    upgrade(tables) {
      for (const name of ['conversations', 'comparisons'])
        tables.createObjectStore(name, { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
      tables
        .createObjectStore('messages', { keyPath: 'id' })
        .createIndex('[conversationId+position]', ['conversationId', 'position']);
      tables.createObjectStore('settings', { keyPath: 'key' });
      tables.createObjectStore('checkpoints', { keyPath: 'messageId' });
    },
  });
  await old.add('settings', { key: 'theme', value: 'dark' });
  old.close();
  await store.save(batch('a'));
  await store.saveResult('a', result(0));
  const connection = await database.connect();
  expect(await connection.getAll('settings')).toEqual([{ key: 'theme', value: 'dark' }]);
  expect(await store.readResults('a')).toHaveLength(1);
});
