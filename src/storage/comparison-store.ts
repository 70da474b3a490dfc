/** Comparisons as rows; the conversations of their lanes go and come back with them. */
import type { Comparison } from '../core/comparison';
import type { Conversation, StoredMessage } from '../core/conversation';
import type { Connection, SwitchyardDatabase } from './database';
import { deleteMessages, messagesOf } from './messages-of';
import type { StopWatching } from './stop-watching';

/** A comparison with everything that was asked and answered in it: enough to bring it back, here or elsewhere. */
export interface WholeComparison {
  readonly comparison: Comparison;
  /** Also those of lanes that were taken out. */
  readonly conversations: readonly Conversation[];
  readonly messages: readonly StoredMessage[];
}

/** Every method rejects with a BackendError when the browser's storage fails. */
export class ComparisonStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Calls back now and after every change, also one made in another tab; newest first. */
  watch(onChange: (comparisons: Comparison[]) => void, onError: (thrown: unknown) => void): StopWatching {
    const newestFirst = async (connection: Connection) =>
      (await connection.getAllFromIndex('comparisons', 'updatedAt')).reverse();
    return this.#database.watch('comparisons', newestFirst, onChange, onError);
  }

  async get(id: string): Promise<Comparison | undefined> {
    return this.#database.read((connection) => connection.get('comparisons', id));
  }

  async save(comparison: Comparison): Promise<void> {
    await this.#database.write(['comparisons'], (transaction) =>
      transaction.objectStore('comparisons').put(comparison),
    );
  }

  /** Undefined where there is none of this id. */
  async readWhole(id: string): Promise<WholeComparison | undefined> {
    return this.#database.read(async (connection) => {
      const comparison = await connection.get('comparisons', id);
      if (!comparison) return undefined;
      const conversations = await connection.getAllFromIndex('conversations', 'comparisonId', id);
      const messages = await Promise.all(conversations.map((one) => messagesOf(connection, one.id)));
      return { comparison, conversations, messages: messages.flat() };
    });
  }

  /** Writes all of it or nothing; rows of the same ids are replaced. */
  async restore({ comparison, conversations, messages }: WholeComparison): Promise<void> {
    await this.#database.write(['comparisons', 'conversations', 'messages'], async (transaction) => {
      await transaction.objectStore('comparisons').put(comparison);
      for (const one of conversations) await transaction.objectStore('conversations').put(one);
      for (const message of messages) await transaction.objectStore('messages').put(message);
    });
  }

  /** Resolves with what `restore` needs to bring it back. */
  async delete(id: string): Promise<WholeComparison | undefined> {
    const whole = await this.readWhole(id);
    if (!whole) return undefined;
    const tables = ['comparisons', 'conversations', 'messages', 'checkpoints'] as const;
    await this.#database.write(tables, async (transaction) => {
      await deleteMessages(transaction, whole.messages);
      for (const one of whole.conversations) await transaction.objectStore('conversations').delete(one.id);
      await transaction.objectStore('comparisons').delete(id);
    });
    return whole;
  }
}
