/** Comparisons as rows; the conversations of their lanes go and come back with them. */
import type { IDBPTransaction } from 'idb';
import type { Comparison, WholeComparison } from '../core/comparison';
import type { Connection, SwitchyardDatabase } from './database';
import { allOf, byPosition, deleteMessages } from './messages-of';
import type { Schema, Table } from './schema';
import type { StopWatching } from './stop-watching';

const tables = ['comparisons', 'conversations', 'messages'] as const satisfies readonly Table[];

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
    return this.#database.read((connection) => wholeComparison(connection.transaction([...tables]), id));
  }

  /** Writes all of it or nothing; rows of the same ids are replaced. */
  async restore({ comparison, conversations, messages }: WholeComparison): Promise<void> {
    await this.#database.write(tables, async (transaction) => {
      await transaction.objectStore('comparisons').put(comparison);
      for (const one of conversations) await transaction.objectStore('conversations').put(one);
      for (const message of messages) await transaction.objectStore('messages').put(message);
    });
  }

  /** Resolves with what `restore` needs to bring it back. */
  async delete(id: string): Promise<WholeComparison | undefined> {
    return this.#database.write([...tables, 'checkpoints'], async (transaction) => {
      const whole = await wholeComparison(transaction, id);
      if (!whole) return undefined;
      await deleteMessages(transaction, whole.messages);
      for (const one of whole.conversations) await transaction.objectStore('conversations').delete(one.id);
      await transaction.objectStore('comparisons').delete(id);
      return whole;
    });
  }
}

/** @param transaction over `tables` */
async function wholeComparison<Mode extends IDBTransactionMode>(
  transaction: IDBPTransaction<Schema, Table[], Mode>,
  id: string,
): Promise<WholeComparison | undefined> {
  const comparison = await transaction.objectStore('comparisons').get(id);
  if (!comparison) return undefined;
  const conversations = await transaction.objectStore('conversations').index('comparisonId').getAll(id);
  const index = transaction.objectStore('messages').index(byPosition);
  const messages = await Promise.all(conversations.map((one) => index.getAll(allOf(one.id))));
  return { comparison, conversations, messages: messages.flat() };
}
