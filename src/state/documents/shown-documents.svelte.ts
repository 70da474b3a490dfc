/** The documents of each collection, for screens: with thousands of them, a few times a second and not at each change. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { DocumentItem } from './document-item';

/** Milliseconds. */
const showEvery = 150;

export class ShownDocuments {
  readonly #shown = new SvelteMap<string, readonly DocumentItem[]>();
  readonly #changed = new SvelteSet<string>();
  readonly #now: (collectionId: string) => readonly DocumentItem[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(now: (collectionId: string) => readonly DocumentItem[]) {
    this.#now = now;
  }

  of(collectionId: string): readonly DocumentItem[] {
    return this.#shown.get(collectionId) ?? [];
  }

  readonly change = (collectionId: string): void => {
    this.#changed.add(collectionId);
    this.#timer ??= setTimeout(this.show, showEvery);
  };

  /** All that has changed, at once. */
  readonly show = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const id of this.#changed) this.#shown.set(id, this.#now(id));
    this.#changed.clear();
  };
}
