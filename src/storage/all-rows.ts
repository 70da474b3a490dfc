/** Which conversations, comparisons, batches and votes there are, for an export of everything. */
import type { Conversation, StoredMessage } from '../core/conversation';
import type { Vote } from '../core/vote';
import type { SwitchyardDatabase } from './database';
import { messagesOf } from './messages-of';

export class AllRows {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Those of lanes go with their comparison. @throws BackendError when the browser's storage fails */
  async conversations(): Promise<readonly Conversation[]> {
    const all = await this.#database.read((connection) => connection.getAll('conversations'));
    return all.filter(({ comparisonId }) => comparisonId === undefined);
  }

  /** @throws BackendError when the browser's storage fails */
  async messages(conversationId: string): Promise<readonly StoredMessage[]> {
    return this.#database.read((connection) => messagesOf(connection, conversationId));
  }

  /** @throws BackendError when the browser's storage fails */
  async comparisonIds(): Promise<readonly string[]> {
    return this.#database.read((connection) => connection.getAllKeys('comparisons'));
  }

  /** @throws BackendError when the browser's storage fails */
  async batchIds(): Promise<readonly string[]> {
    return this.#database.read((connection) => connection.getAllKeys('batches'));
  }

  /** @throws BackendError when the browser's storage fails */
  async votes(): Promise<readonly Vote[]> {
    return this.#database.read((connection) => connection.getAll('votes'));
  }
}
