/** The person's preferences: read once, written through, shared over tabs. Typed keys stay in memory. */
import { SvelteMap } from 'svelte/reactivity';
import type { JsonValue } from '../core/json';
import type { SettingStore } from '../storage/setting-store';
import type { Notices } from './notices.svelte';
import { defaultSettings, readSettings, type SettingName, type SettingValues } from './setting-values';

export class Settings {
  values = $state.raw<SettingValues>(defaultSettings);
  /** Keys of directly called servers, by server id. Never written unless the person asks. */
  readonly keys = new SvelteMap<string, string>();

  /** The last write of each that is still under way. */
  readonly #writing: Partial<Record<SettingName, Promise<void>>> = {};
  readonly #store: SettingStore;
  readonly #notices: Notices;

  constructor(store: SettingStore, notices: Notices) {
    this.#store = store;
    this.#notices = notices;
  }

  /** Resolves with the first read; later changes of other tabs keep arriving. */
  open(): Promise<void> {
    return new Promise((resolve) => {
      this.#store.watch(
        (stored) => {
          this.values = this.#newest(readSettings(stored));
          for (const [id, key] of Object.entries(this.values.rememberedKeys)) this.keys.set(id, key);
          resolve();
        },
        (thrown) => {
          this.#notices.failed(thrown);
          resolve();
        },
      );
    });
  }

  /**
   * What is being written here is newer than what was read meanwhile. What did not change keeps its identity, so that
   * nobody takes it for a change.
   */
  #newest(read: SettingValues): SettingValues {
    const names = Object.keys(read) as SettingName[];
    const isHeld = (name: SettingName): boolean =>
      this.#writing[name] !== undefined || JSON.stringify(read[name]) === JSON.stringify(this.values[name]);
    const held = names.filter(isHeld).map((name) => [name, this.values[name]] as const);
    return { ...read, ...Object.fromEntries(held) };
  }

  set<Name extends SettingName>(name: Name, value: SettingValues[Name]): void {
    this.values = { ...this.values, [name]: value };
    const writing = this.#store
      .write(name, withoutUndefined(value))
      .catch((thrown: unknown) => this.#notices.failed(thrown))
      .finally(() => {
        if (this.#writing[name] === writing) this.#writing[name] = undefined;
      });
    this.#writing[name] = writing;
  }

  setKey(serverId: string, key: string, remember: boolean): void {
    if (key) this.keys.set(serverId, key);
    else this.keys.delete(serverId);
    const others = Object.entries(this.values.rememberedKeys).filter(([id]) => id !== serverId);
    const kept = key && remember ? [[serverId, key] as const] : [];
    this.set('rememberedKeys', Object.fromEntries([...others, ...kept]));
  }
}

/** JSON has no undefined, and a setting that was cleared is simply absent. */
function withoutUndefined(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
