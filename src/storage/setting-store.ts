/** Small preferences by key. A value is checked by its reader, because an older page may have written it. */
import { liveQuery } from 'dexie';
import type { JsonValue } from '../core/json';
import type { SwitchyardDatabase } from './database';
import { guarded } from './guarded';
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
    const query = () => this.#database.settings.toArray();
    const rows = liveQuery(() => guarded(this.#database, query)).subscribe({
      next: (rows) => onChange(new Map(rows.map(({ key, value }) => [key, value]))),
      error: onError,
    });
    return () => rows.unsubscribe();
  }

  async write(key: string, value: JsonValue): Promise<void> {
    await guarded(this.#database, () => this.#database.settings.put({ key, value }));
  }

  async delete(key: string): Promise<void> {
    await guarded(this.#database, () => this.#database.settings.delete(key));
  }
}
