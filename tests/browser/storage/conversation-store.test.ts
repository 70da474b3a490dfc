/** Conversations in a real IndexedDB. */
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Conversation, StoredMessage } from '../../../src/core/conversation';
import { ConversationStore } from '../../../src/storage/conversation-store';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { answer, conversation, question } from './rows';

let database: SwitchyardDatabase;
let store: ConversationStore;
let names = 0;

beforeEach(() => {
  database = new SwitchyardDatabase(`test-${names++}-${Date.now()}`);
  store = new ConversationStore(database);
});
afterEach(() => deleteDB(database.name));

const fail = (thrown: unknown): never => {
  throw thrown;
};

async function messagesNow(from = store): Promise<StoredMessage[]> {
  return new Promise((resolve) => {
    const stop = from.watchMessages('c1', (rows) => resolve(rows), fail);
    setTimeout(stop, 1000);
  });
}

describe('ConversationStore', () => {
  test('keeps a conversation with its messages in order', async () => {
    await store.save(conversation, [answer, question]);
    expect(await messagesNow()).toEqual([question, answer]);
  });

  test('a finished answer replaces its checkpoint', async () => {
    await store.save(conversation, [question, answer]);
    await store.saveCheckpoint({ messageId: 'a1', text: 'half', reasoning: '' });
    expect(await store.readCheckpoint('a1')).toMatchObject({ text: 'half' });
    await store.finish({ ...answer, state: 'done', text: 'whole' });
    expect(await store.readCheckpoint('a1')).toBeUndefined();
    expect((await messagesNow())[1]).toMatchObject({ state: 'done', text: 'whole' });
  });

  test('an answer of a deleted conversation does not come back', async () => {
    await store.save(conversation, [question, answer]);
    await store.delete('c1');
    await store.finish({ ...answer, state: 'done' });
    expect(await (await database.connect()).count('messages')).toBe(0);
  });

  test('tells where answers did not end, and which of them belong to a comparison', async () => {
    const inLane = { conversationId: 'c2', parentId: null };
    await store.save(conversation, [question, answer]);
    await store.save({ ...conversation, id: 'c2', comparisonId: 'k1' }, [{ ...answer, ...inLane, id: 'a2' }]);
    await store.save({ ...conversation, id: 'c3' }, [{ ...answer, id: 'a3', conversationId: 'c3' }]);
    for (const messageId of ['a1', 'a2', 'gone'])
      await store.saveCheckpoint({ messageId, text: 'half', reasoning: '' });
    expect(await store.unfinished()).toEqual({ conversationIds: ['c1'], comparisonIds: ['k1'] });
  });

  test('undo brings everything back', async () => {
    await store.save(conversation, [question, answer]);
    const deleted = await store.delete('c1');
    expect(await (await database.connect()).count('conversations')).toBe(0);
    if (deleted) await store.restore(deleted);
    expect(await (await database.connect()).getAll('conversations')).toEqual([conversation]);
    expect(await messagesNow()).toEqual([question, answer]);
  });

  test('a second connection, as another tab has, sees a change', async () => {
    const otherTab = new ConversationStore(new SwitchyardDatabase(database.name));
    const seen = vi.fn<(all: Conversation[]) => void>();
    const stop = otherTab.watchConversations(seen, fail);
    await store.save(conversation);
    await expect.poll(() => seen.mock.lastCall?.[0]).toEqual([conversation]);
    await store.rename('c1', 'Ships');
    await expect.poll(() => seen.mock.lastCall?.[0][0]?.title).toBe('Ships');
    stop();
  });

  test('half a save is no save', async () => {
    const broken = { ...question, id: undefined } as unknown as StoredMessage;
    await expect(store.save(conversation, [question, broken])).rejects.toMatchObject({
      name: 'BackendError',
    });
    expect(await (await database.connect()).count('conversations')).toBe(0);
    expect(await (await database.connect()).count('messages')).toBe(0);
  });

  test('a lost connection is opened again and nothing is lost', async () => {
    await store.save(conversation, [question]);
    (await database.connect()).close();
    await store.save({ ...conversation, title: 'After' }, [answer]);
    expect(await messagesNow()).toHaveLength(2);
  });

  test('a tab with a newer page is not kept waiting', async () => {
    await store.save(conversation);
    const { version } = await database.connect();
    const newer = await openDB(database.name, version + 1);
    await expect(store.rename('c1', 'Ships')).rejects.toMatchObject({ name: 'BackendError' });
    expect(await newer.getAll('conversations')).toEqual([conversation]);
    newer.close();
  });

  test('a full disk is named as such', async () => {
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(store.saveCheckpoint({ messageId: 'a1', text: 'x', reasoning: '' })).rejects.toMatchObject({
      code: 'storage-full',
    });
    full.mockRestore();
  });
});
