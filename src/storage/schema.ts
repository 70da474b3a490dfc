/** The tables of the database, their versions and upgrades. What the rows mean is in `core/conversation.ts`. */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { Batch, CellResult } from '../core/batch';
import type { Comparison } from '../core/comparison';
import type { Conversation, StoredMessage } from '../core/conversation';
import type { Collection, DocumentState, ReadDocument, StoredDocument } from '../core/document';
import type { JsonValue } from '../core/json';
import type { ParamEffect } from '../core/param-effect';
import type { ParamName } from '../core/params';
import type { Vote } from '../core/vote';

/** What of a running answer was saved last; its message row is written once, when the answer ends. */
export interface Checkpoint {
  readonly messageId: string;
  readonly text: string;
  readonly reasoning: string;
  /** Unix milliseconds, and milliseconds; absent in rows of earlier versions. */
  readonly times?: {
    readonly requestedAt: number;
    readonly notedAt: number;
    readonly gapMs: number;
    readonly firstTokenMs?: number;
  };
}

/** An answer of a batch. */
export type BatchResultRow = CellResult & { readonly batchId: string };

/** Apart from its row, which is read with all others. */
export type DocumentTextRow = ReadDocument & { readonly documentId: string };

export interface DocumentVectorsRow {
  readonly documentId: string;
  /** What made them: those of another model say nothing here. */
  readonly model: string;
  /** One after the other, in the order of the chunks, as the model gave them. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

export interface SettingRow {
  readonly key: string;
  readonly value: JsonValue;
}

export interface Schema extends DBSchema {
  conversations: {
    key: string;
    value: Conversation;
    indexes: { updatedAt: number; comparisonId: string };
  };
  messages: {
    key: string;
    value: StoredMessage;
    indexes: { '[conversationId+position]': [conversationId: string, position: number] };
  };
  checkpoints: { key: string; value: Checkpoint };
  settings: { key: string; value: SettingRow };
  comparisons: { key: string; value: Comparison; indexes: { updatedAt: number } };
  votes: { key: string; value: Vote; indexes: { createdAt: number } };
  batches: { key: string; value: Batch; indexes: { updatedAt: number } };
  batchResults: {
    key: [batchId: string, cell: number];
    value: BatchResultRow;
    indexes: { batchId: string };
  };
  collections: { key: string; value: Collection };
  documents: { key: string; value: StoredDocument; indexes: { collectionId: string; state: DocumentState } };
  documentTexts: { key: string; value: DocumentTextRow };
  documentVectors: { key: string; value: DocumentVectorsRow };
}

export type Table =
  | 'conversations'
  | 'messages'
  | 'checkpoints'
  | 'settings'
  | 'comparisons'
  | 'votes'
  | 'batches'
  | 'batchResults'
  | 'collections'
  | 'documents'
  | 'documentTexts'
  | 'documentVectors';

/** Version 6. The first pages counted in tens, and what they kept must open here. */
export const schemaVersion = 60;

type Upgrade = IDBPTransaction<Schema, Table[], 'versionchange'>;

/** @param from the version that is there, 0 for none */
export async function upgrade(
  database: IDBPDatabase<Schema>,
  from: number,
  transaction: Upgrade,
): Promise<void> {
  if (from < 10) createTables(database);
  if (from < 20) await numberMessages(database, transaction);
  if (from < 30) await reportSettings(transaction);
  if (from < 40) addComparisons(database, transaction);
  if (from < 50) addVotesAndBatches(database);
  if (from < 60) addDocuments(database);
}

function createTables(database: IDBPDatabase<Schema>): void {
  database.createObjectStore('conversations', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
  database.createObjectStore('messages', { keyPath: 'id' });
  database.createObjectStore('settings', { keyPath: 'key' });
}

/** Version 1 ordered messages by the clock and had no branches: number them and chain them. */
async function numberMessages(database: IDBPDatabase<Schema>, transaction: Upgrade): Promise<void> {
  database.createObjectStore('checkpoints', { keyPath: 'messageId' });
  const table = transaction.objectStore('messages');
  for (const name of [...table.indexNames]) table.deleteIndex(name);
  table.createIndex('[conversationId+position]', ['conversationId', 'position']);
  const byConversation = Map.groupBy(await table.getAll(), ({ conversationId }) => conversationId);
  for (const messages of byConversation.values()) {
    messages.sort((a, b) => a.createdAt - b.createdAt);
    for (const [position, message] of messages.entries())
      await table.put({ ...message, position, parentId: messages[position - 1]?.id ?? null });
  }
  const conversations = transaction.objectStore('conversations');
  for (const conversation of await conversations.getAll()) {
    const leafId = byConversation.get(conversation.id)?.at(-1)?.id;
    if (leafId !== undefined) await conversations.put({ ...conversation, leafId });
  }
}

/** Version 2 kept warnings of what was ignored or out of range, and no report of the rest. */
async function reportSettings(transaction: Upgrade): Promise<void> {
  const table = transaction.objectStore('messages');
  for (const message of await table.getAll()) {
    const { warnings, ...answer }: StoredMessage & VersionTwoAnswer = message;
    if (!warnings) continue;
    const effects = warnings.map(({ param, reason, requested, sent }): ParamEffect =>
      reason === 'clamped'
        ? { param, outcome: 'sent', requested, adjusted: sent }
        : { param, outcome: 'ignored', requested },
    );
    await table.put(Object.assign(answer, { effects }));
  }
}

function addComparisons(database: IDBPDatabase<Schema>, transaction: Upgrade): void {
  database.createObjectStore('comparisons', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
  // Only conversations of lanes have one, and only they are in this index.
  transaction.objectStore('conversations').createIndex('comparisonId', 'comparisonId');
}

function addVotesAndBatches(database: IDBPDatabase<Schema>): void {
  database.createObjectStore('votes', { keyPath: 'id' }).createIndex('createdAt', 'createdAt');
  database.createObjectStore('batches', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
  // The key is also the order of the plan within a batch.
  database
    .createObjectStore('batchResults', { keyPath: ['batchId', 'cell'] })
    .createIndex('batchId', 'batchId');
}

function addDocuments(database: IDBPDatabase<Schema>): void {
  database.createObjectStore('collections', { keyPath: 'id' });
  const documents = database.createObjectStore('documents', { keyPath: 'id' });
  documents.createIndex('collectionId', 'collectionId');
  documents.createIndex('state', 'state');
  database.createObjectStore('documentTexts', { keyPath: 'documentId' });
  database.createObjectStore('documentVectors', { keyPath: 'documentId' });
}

interface VersionTwoAnswer {
  readonly id: string;
  readonly warnings?: readonly {
    readonly param: ParamName;
    readonly reason: 'unsupported' | 'clamped';
    readonly requested: JsonValue;
    readonly sent?: JsonValue;
  }[];
}
