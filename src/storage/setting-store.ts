/** Small preferences by key. A value is checked by its reader, because an older page may have written it. */
import type { JsonValue } from '../core/json';
import type { SwitchyardDatabase } from './database';
import type { StopWatching } from './stop-watching';

export class SettingStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Calls back now and after every change, also one made in another tab. */
  watch(
    onChange: (settings: ReadonlyMap<string, JsonValue>) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    return this.#database.watch(
      'settings',
      (connection) => connection.getAll('settings'),
      (rows) => onChange(new Map(rows.map(({ key, value }) => [key, value]))),
      onError,
    );
  }

  async write(key: string, value: JsonValue): Promise<void> {
    await this.#database.write(['settings'], (transaction) =>
      transaction.objectStore('settings').put({ key, value }),
    );
  }

  async delete(key: string): Promise<void> {
    await this.#database.write(['settings'], (transaction) =>
      transaction.objectStore('settings').delete(key),
    );
  }
}
