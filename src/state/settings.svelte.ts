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
          this.values = readSettings(stored);
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

  set<Name extends SettingName>(name: Name, value: SettingValues[Name]): void {
    this.values = { ...this.values, [name]: value };
    this.#store.write(name, withoutUndefined(value)).catch((thrown: unknown) => this.#notices.failed(thrown));
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
