/** Databases of earlier versions opened by today’s code: nothing is lost. */
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { branchTo } from '../../../src/core/conversation';
import { SwitchyardDatabase } from '../../../src/storage/database';

test('messages of version 1 become branches in the order of their clock', async () => {
  const name = `migration-${Date.now()}`;
  const old = new Dexie(name);
  old.version(1).stores({
    conversations: 'id, updatedAt',
    messages: 'id, conversationId, createdAt',
    settings: 'key',
  });
  await old.table('conversations').bulkAdd([
    { id: 'c1', title: 'One', isTitleChosen: false, createdAt: 1, updatedAt: 3 },
    { id: 'c2', title: 'Empty', isTitleChosen: true, createdAt: 1, updatedAt: 2 },
  ]);
  await old.table('messages').bulkAdd([
    { id: 'b', conversationId: 'c1', createdAt: 20, role: 'assistant', text: 'answer', state: 'done' },
    { id: 'a', conversationId: 'c1', createdAt: 10, role: 'user', text: 'question' },
    { id: 'c', conversationId: 'c1', createdAt: 30, role: 'user', text: 'again' },
  ]);
  await old.table('settings').add({ key: 'theme', value: 'dark' });
  old.close();

  const database = new SwitchyardDatabase(name);
  const conversation = await database.conversations.get('c1');
  const messages = await database.messages.toArray();
  expect(branchTo(messages, conversation?.leafId).map(({ text }) => text)).toEqual([
    'question',
    'answer',
    'again',
  ]);
  expect(messages.find(({ id }) => id === 'b')).toMatchObject({ position: 1, parentId: 'a', text: 'answer' });
  expect(await database.conversations.get('c2')).toEqual({
    id: 'c2',
    title: 'Empty',
    isTitleChosen: true,
    createdAt: 1,
    updatedAt: 2,
  });
  expect(await database.settings.get('theme')).toEqual({ key: 'theme', value: 'dark' });
  await database.delete();
});

test('warnings of version 2 become a report of what was set', async () => {
  const name = `migration-${Date.now()}-2`;
  const old = new Dexie(name);
  old.version(2).stores({
    conversations: 'id, updatedAt',
    messages: 'id, [conversationId+position]',
    settings: 'key',
    checkpoints: 'messageId',
  });
  const answer = { conversationId: 'c', position: 0, role: 'assistant', text: 'Yes.' };
  await old.table('messages').bulkAdd([
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
  expect(await database.messages.toArray()).toEqual([
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
  await database.delete();
});
