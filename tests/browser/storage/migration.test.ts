/** Databases of earlier versions opened by today’s code: nothing is lost. */
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { expect, test } from 'vitest';
import { branchTo } from '../../../src/core/conversation';
import { SwitchyardDatabase } from '../../../src/storage/database';

/** @param indexes named as by the pages of then: a field, or `[one+other]` for both */
function createTable(
  database: IDBPDatabase,
  name: string,
  keyPath: string,
  indexes: readonly string[] = [],
): void {
  const table = database.createObjectStore(name, { keyPath });
  for (const index of indexes)
    table.createIndex(index, index.startsWith('[') ? index.slice(1, -1).split('+') : index);
}

async function addAll(database: IDBPDatabase, table: string, rows: readonly unknown[]): Promise<void> {
  for (const row of rows) await database.add(table, row);
}

test('messages of version 1 become branches in the order of their clock', async () => {
  const name = `migration-${Date.now()}`;
  const old = await openDB(name, 10, {
    upgrade(database) {
      createTable(database, 'conversations', 'id', ['updatedAt']);
      createTable(database, 'messages', 'id', ['conversationId', 'createdAt']);
      createTable(database, 'settings', 'key');
    },
  });
  await addAll(old, 'conversations', [
    { id: 'c1', title: 'One', isTitleChosen: false, createdAt: 1, updatedAt: 3 },
    { id: 'c2', title: 'Empty', isTitleChosen: true, createdAt: 1, updatedAt: 2 },
  ]);
  await addAll(old, 'messages', [
    { id: 'b', conversationId: 'c1', createdAt: 20, role: 'assistant', text: 'answer', state: 'done' },
    { id: 'a', conversationId: 'c1', createdAt: 10, role: 'user', text: 'question' },
    { id: 'c', conversationId: 'c1', createdAt: 30, role: 'user', text: 'again' },
  ]);
  await addAll(old, 'settings', [{ key: 'theme', value: 'dark' }]);
  old.close();

  const database = new SwitchyardDatabase(name);
  const conversation = await (await database.connect()).get('conversations', 'c1');
  const messages = await (await database.connect()).getAll('messages');
  expect(branchTo(messages, conversation?.leafId).map(({ text }) => text)).toEqual([
    'question',
    'answer',
    'again',
  ]);
  expect(messages.find(({ id }) => id === 'b')).toMatchObject({ position: 1, parentId: 'a', text: 'answer' });
  expect(await (await database.connect()).get('conversations', 'c2')).toEqual({
    id: 'c2',
    title: 'Empty',
    isTitleChosen: true,
    createdAt: 1,
    updatedAt: 2,
  });
  expect(await (await database.connect()).get('settings', 'theme')).toEqual({ key: 'theme', value: 'dark' });
  await deleteDB(database.name);
});

test('warnings of version 2 become a report of what was set', async () => {
  const name = `migration-${Date.now()}-2`;
  const old = await openDB(name, 20, {
    upgrade(database) {
      createTable(database, 'conversations', 'id', ['updatedAt']);
      createTable(database, 'messages', 'id', ['[conversationId+position]']);
      createTable(database, 'settings', 'key');
      createTable(database, 'checkpoints', 'messageId');
    },
  });
  const answer = { conversationId: 'c', position: 0, role: 'assistant', text: 'Yes.' };
  await addAll(old, 'messages', [
    {
      ...answer,
      id: 'a',
      warnings: [
        { param: 'topK', reason: 'unsupported', requested: 5 },
        { param: 'temperature', reason: 'clamped', requested: 9, sent: 2 },
      ],
    },
    { ...answer, id: 'b', position: 1, warnings: [] },
    { ...answer, id: 'c', position: 2 },
  ]);
  old.close();

  const database = new SwitchyardDatabase(name);
  expect(await (await database.connect()).getAll('messages')).toEqual([
    {
      ...answer,
      id: 'a',
      effects: [
        { param: 'topK', outcome: 'ignored', requested: 5 },
        { param: 'temperature', outcome: 'sent', requested: 9, adjusted: 2 },
      ],
    },
    { ...answer, id: 'b', position: 1, effects: [] },
    { ...answer, id: 'c', position: 2 },
  ]);
  await deleteDB(database.name);
});

test('conversations of version 3 stay what they are, and are in no comparison', async () => {
  const name = `migration-${Date.now()}-3`;
  const old = await openDB(name, 30, {
    upgrade(database) {
      createTable(database, 'conversations', 'id', ['updatedAt']);
      createTable(database, 'messages', 'id', ['[conversationId+position]']);
      createTable(database, 'settings', 'key');
      createTable(database, 'checkpoints', 'messageId');
    },
  });
  const row = { id: 'c1', title: 'One', isTitleChosen: false, createdAt: 1, updatedAt: 3 };
  await addAll(old, 'conversations', [row]);
  old.close();

  const database = new SwitchyardDatabase(name);
  const connection = await database.connect();
  expect(await connection.getAll('conversations')).toEqual([row]);
  expect(await connection.getAllFromIndex('conversations', 'comparisonId')).toEqual([]);
  expect(await connection.getAll('comparisons')).toEqual([]);
  await deleteDB(database.name);
});

test('comparisons of version 4 stay what they are, and have no votes yet', async () => {
  const name = `migration-${Date.now()}-4`;
  const old = await openDB(name, 40, {
    upgrade(database) {
      createTable(database, 'conversations', 'id', ['updatedAt', 'comparisonId']);
      createTable(database, 'messages', 'id', ['[conversationId+position]']);
      createTable(database, 'settings', 'key');
      createTable(database, 'checkpoints', 'messageId');
      createTable(database, 'comparisons', 'id', ['updatedAt']);
    },
  });
  const row = { id: 'k1', title: 'Two', isTitleChosen: false, createdAt: 1, updatedAt: 3, lanes: [] };
  await addAll(old, 'comparisons', [row]);
  old.close();

  const database = new SwitchyardDatabase(name);
  const connection = await database.connect();
  expect(await connection.getAll('comparisons')).toEqual([row]);
  expect(await connection.getAllFromIndex('votes', 'createdAt')).toEqual([]);
  await deleteDB(database.name);
});

test('batches of version 5 stay what they are, and there are no documents yet', async () => {
  const name = `migration-${Date.now()}-5`;
  const old = await openDB(name, 50, {
    upgrade(database) {
      createTable(database, 'conversations', 'id', ['updatedAt', 'comparisonId']);
      createTable(database, 'messages', 'id', ['[conversationId+position]']);
      createTable(database, 'settings', 'key');
      createTable(database, 'checkpoints', 'messageId');
      createTable(database, 'comparisons', 'id', ['updatedAt']);
      createTable(database, 'votes', 'id', ['createdAt']);
      createTable(database, 'batches', 'id', ['updatedAt']);
      database
        .createObjectStore('batchResults', { keyPath: ['batchId', 'cell'] })
        .createIndex('batchId', 'batchId');
    },
  });
  const batch = { id: 'b1', title: 'Three', createdAt: 1, updatedAt: 2 };
  const result = { batchId: 'b1', cell: 0, text: 'Yes.' };
  await addAll(old, 'batches', [batch]);
  await addAll(old, 'batchResults', [result]);
  old.close();

  const database = new SwitchyardDatabase(name);
  const connection = await database.connect();
  expect(await connection.getAll('batches')).toEqual([batch]);
  expect(await connection.getAll('batchResults')).toEqual([result]);
  expect(await connection.getAllFromIndex('documents', 'collectionId')).toEqual([]);
  expect(await connection.getAllFromIndex('documents', 'state')).toEqual([]);
  for (const table of ['collections', 'documentTexts', 'documentVectors'] as const)
    expect(await connection.getAll(table)).toEqual([]);
  await deleteDB(database.name);
});
