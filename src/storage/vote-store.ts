/** Votes as rows: they are added and deleted, never changed. */
import type { Vote } from '../core/vote';
import type { SwitchyardDatabase } from './database';
import type { StopWatching } from './stop-watching';

/** Every method rejects with a BackendError when the browser's storage fails. */
export class VoteStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Calls back now and after every change, also one made in another tab; newest last. */
  watch(onChange: (votes: Vote[]) => void, onError: (thrown: unknown) => void): StopWatching {
    return this.#database.watch(
      'votes',
      (connection) => connection.getAllFromIndex('votes', 'createdAt'),
      onChange,
      onError,
    );
  }

  /** All of them or none. */
  async add(votes: readonly Vote[]): Promise<void> {
    await this.#database.write(['votes'], async (transaction) => {
      for (const vote of votes) await transaction.objectStore('votes').put(vote);
    });
  }

  async delete(id: string): Promise<void> {
    await this.#database.write(['votes'], (transaction) => transaction.objectStore('votes').delete(id));
  }

  /** Resolves with what was deleted: adding it again undoes it. */
  async deleteAll(): Promise<Vote[]> {
    return this.#database.write(['votes'], async (transaction) => {
      const table = transaction.objectStore('votes');
      const all = await table.getAll();
      await table.clear();
      return all;
    });
  }
}
