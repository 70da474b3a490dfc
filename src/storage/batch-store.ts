/** Batches and the answers that came of them, as rows. */
import type { Batch, CellResult, WholeBatch } from '../core/batch';
import type { Connection, SwitchyardDatabase, WriteTransaction } from './database';
import type { StopWatching } from './stop-watching';

/** A batch as a list shows it. */
export interface ListedBatch {
  readonly batch: Batch;
  /** Answers that are kept, failures among them. */
  readonly results: number;
}

/** Every method rejects with a BackendError when the browser's storage fails. */
export class BatchStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Calls back now and after every change of a batch itself, also one made in another tab; newest first. */
  watch(onChange: (batches: ListedBatch[]) => void, onError: (thrown: unknown) => void): StopWatching {
    const newestFirst = async (connection: Connection) => {
      const batches = (await connection.getAllFromIndex('batches', 'updatedAt')).reverse();
      return Promise.all(
        batches.map(async (batch) => ({
          batch,
          results: await connection.countFromIndex('batchResults', 'batchId', batch.id),
        })),
      );
    };
    return this.#database.watch('batches', newestFirst, onChange, onError);
  }

  async get(id: string): Promise<Batch | undefined> {
    return this.#database.read((connection) => connection.get('batches', id));
  }

  /** In the order of the plan. */
  async readResults(batchId: string): Promise<CellResult[]> {
    return this.#database.read(async (connection) => {
      const rows = await connection.getAllFromIndex('batchResults', 'batchId', batchId);
      return rows.map(({ batchId: _, ...result }) => result);
    });
  }

  async save(batch: Batch): Promise<void> {
    await this.#database.write(['batches'], (transaction) => transaction.objectStore('batches').put(batch));
  }

  /** An answer of a batch that was deleted meanwhile must not come back as an orphan. */
  async saveResult(batchId: string, result: CellResult): Promise<void> {
    const put = async (transaction: WriteTransaction): Promise<void> => {
      if ((await transaction.objectStore('batches').getKey(batchId)) === undefined) return;
      await transaction.objectStore('batchResults').put({ batchId, ...result });
    };
    await this.#database.write(['batches', 'batchResults'], put, ['batchResults']);
  }

  async readWhole(id: string): Promise<WholeBatch | undefined> {
    const [batch, results] = await Promise.all([this.get(id), this.readResults(id)]);
    return batch && { batch, results };
  }

  /** Resolves with what `restore` needs to bring it back. */
  async delete(id: string): Promise<WholeBatch | undefined> {
    const whole = await this.readWhole(id);
    if (!whole) return undefined;
    await this.#database.write(['batches', 'batchResults'], async (transaction) => {
      await transaction.objectStore('batches').delete(id);
      await transaction.objectStore('batchResults').delete(IDBKeyRange.bound([id], [id, []]));
    });
    return whole;
  }

  /** Writes all of it or nothing. */
  async restore({ batch, results }: WholeBatch): Promise<void> {
    await this.#database.write(['batches', 'batchResults'], async (transaction) => {
      await transaction.objectStore('batches').put(batch);
      for (const result of results)
        await transaction.objectStore('batchResults').put({ batchId: batch.id, ...result });
    });
  }
}
