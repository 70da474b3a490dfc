/** The database of the browser: opened on first use, opened again when lost, watched over tabs. */
import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { announceChange, listenElsewhere, listenForChanges } from './change-channel';
import { guarded } from './guarded';
import { type Schema, schemaVersion, type Table, upgrade } from './schema';
import type { StopWatching } from './stop-watching';

export type Connection = IDBPDatabase<Schema>;
export type WriteTransaction = IDBPTransaction<Schema, Table[], 'readwrite'>;

/** `read` and `write` reject with a BackendError when the browser's storage fails. */
export class SwitchyardDatabase {
  readonly name: string;
  #connection: Promise<Connection> | undefined;

  constructor(name = 'switchyard') {
    this.name = name;
  }

  /** Opens the database, or gives the connection that is open. */
  connect(): Promise<Connection> {
    return (this.#connection ??= this.#open());
  }

  read<Result>(operation: (connection: Connection) => Promise<Result>): Promise<Result> {
    return guarded(async () => operation(await this.connect()), this.#reopen);
  }

  /**
   * Runs `work` in one transaction: all of it is kept or nothing is, and it is on the disk when this resolves.
   * @param changed where some of the tables are only read
   */
  async write<Result>(
    tables: readonly Table[],
    work: (transaction: WriteTransaction) => Promise<Result>,
    changed: readonly Table[] = tables,
  ): Promise<Result> {
    const result = await guarded(async () => transact(await this.connect(), tables, work), this.#reopen);
    announceChange(this.name, changed);
    return result;
  }

  /**
   * Calls back with what `operation` reads, now and after every change of the table, also one made in another tab.
   * @param listen for those who know what this tab changes, to hear of other tabs only
   */
  watch<Result>(
    table: Table,
    operation: (connection: Connection) => Promise<Result>,
    onChange: (result: Result) => void,
    onError: (thrown: unknown) => void,
    listen: 'everywhere' | 'elsewhere' = 'everywhere',
  ): StopWatching {
    // Only the newest reading counts: an older one that ends late would bring back what is gone.
    let newest = 0;
    const look = async (): Promise<void> => {
      const reading = ++newest;
      try {
        const result = await this.read(operation);
        if (reading === newest) onChange(result);
      } catch (thrown) {
        if (reading === newest) onError(thrown);
      }
    };
    const start = listen === 'elsewhere' ? listenElsewhere : listenForChanges;
    const stop = start(this.name, table, () => void look());
    void look();
    return () => {
      newest = Infinity;
      stop();
    };
  }

  #open(): Promise<Connection> {
    const forget = (): void => {
      if (this.#connection === opening) this.#connection = undefined;
    };
    const opening = openDB<Schema>(this.name, schemaVersion, {
      upgrade: (database, from, _to, transaction) => {
        // Half an upgrade must not stay: the rows are as they were, and opening fails.
        upgrade(database, from, transaction).catch(() => undo(transaction));
      },
      // Another tab brings a newer version of the page and waits for this one to let go.
      blocking: (_from, _to, { target }) => {
        forget();
        if (target instanceof IDBDatabase) target.close();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  }

  readonly #reopen = async (): Promise<void> => {
    const lost = this.#connection;
    this.#connection = undefined;
    (await lost?.catch(() => undefined))?.close();
  };
}

/** Chromium's default acknowledges a write before it is flushed; strict costs about half a millisecond. */
const durability = 'strict';

async function transact<Result>(
  connection: Connection,
  tables: readonly Table[],
  work: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  const transaction = connection.transaction([...tables], 'readwrite', { durability });
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (thrown) {
    await undo(transaction);
    throw thrown;
  }
}

async function undo(transaction: Pick<WriteTransaction, 'abort' | 'done'>): Promise<void> {
  try {
    transaction.abort();
  } catch {
    // It was undone by the browser already.
  }
  await transaction.done.catch(() => undefined);
}
