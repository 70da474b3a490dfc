/** The IndexedDB schema and its versions. Rows only; what they mean is in `core/conversation.ts`. */
import { Dexie, type EntityTable, type Table, type Transaction } from 'dexie';
import type { Conversation, StoredMessage } from '../core/conversation';
import type { JsonValue } from '../core/json';
import type { ParamEffect } from '../core/param-effect';
import type { ParamName } from '../core/params';

/** What of a running answer was saved last; its message row is written once, when the answer ends. */
export interface Checkpoint {
  readonly messageId: string;
  readonly text: string;
  readonly reasoning: string;
}

export interface SettingRow {
  readonly key: string;
  readonly value: JsonValue;
}

export class SwitchyardDatabase extends Dexie {
  declare readonly conversations: EntityTable<Conversation, 'id'>;
  declare readonly messages: EntityTable<StoredMessage, 'id'>;
  declare readonly checkpoints: Table<Checkpoint, string>;
  declare readonly settings: Table<SettingRow, string>;

  constructor(name = 'switchyard') {
    // Chromium's default acknowledges a write before it is flushed; strict costs about half a millisecond.
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      conversations: 'id, updatedAt',
      messages: 'id, conversationId, createdAt',
      settings: 'key',
    });
    this.version(2)
      .stores({
        messages: 'id, [conversationId+position]',
        checkpoints: 'messageId',
      })
      .upgrade(numberMessages);
    this.version(3).stores({}).upgrade(reportSettings);
  }
}

/** Version 1 ordered messages by the clock and had no branches: number them and chain them. */
async function numberMessages(transaction: Transaction): Promise<void> {
  const table = transaction.table<VersionOneMessage, string>('messages');
  const byConversation = Map.groupBy(await table.toArray(), (message) => message.conversationId);
  for (const messages of byConversation.values()) {
    messages.sort((a, b) => a.createdAt - b.createdAt);
    const chained = messages.map((message, position) => ({
      ...message,
      position,
      parentId: messages[position - 1]?.id ?? null,
    }));
    await table.bulkPut(chained);
  }
  await transaction
    .table<Conversation, string>('conversations')
    .toCollection()
    .modify((conversation) => {
      const leafId = byConversation.get(conversation.id)?.at(-1)?.id;
      if (leafId !== undefined) Object.assign(conversation, { leafId });
    });
}

/** Version 2 kept warnings of what was ignored or out of range, and no report of the rest. */
async function reportSettings(transaction: Transaction): Promise<void> {
  await transaction
    .table<VersionTwoAnswer, string>('messages')
    .filter(({ warnings }) => warnings !== undefined)
    .modify((answer) => {
      const effects = answer.warnings?.map(({ param, reason, requested, sent }): ParamEffect =>
        reason === 'clamped'
          ? { param, outcome: 'sent', requested, adjusted: sent }
          : { param, outcome: 'ignored', requested },
      );
      delete answer.warnings;
      Object.assign(answer, { effects });
    });
}

interface VersionTwoAnswer {
  readonly id: string;
  warnings?: readonly {
    readonly param: ParamName;
    readonly reason: 'unsupported' | 'clamped';
    readonly requested: JsonValue;
    readonly sent?: JsonValue;
  }[];
}

interface VersionOneMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly createdAt: number;
}
