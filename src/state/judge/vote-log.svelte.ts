/** All votes of this browser: they are added and taken back, never changed. */
import { SvelteMap } from 'svelte/reactivity';
import type { Vote } from '../../core/vote';
import type { VoteStore } from '../../storage/vote-store';
import type { Notices } from '../notices.svelte';

export class VoteLog {
  /** Oldest first. */
  all = $state.raw<readonly Vote[]>([]);
  isOpen = $state.raw(false);

  readonly #store: VoteStore;
  readonly #notices: Notices;
  #isWatching = false;
  /** Given here and not yet read back: a vote counts at once. */
  readonly #fresh = new SvelteMap<string, Vote>();

  constructor(store: VoteStore, notices: Notices) {
    this.#store = store;
    this.#notices = notices;
  }

  /** Follows what is kept; further calls do nothing. */
  open(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#store.watch((rows) => {
      for (const id of this.#fresh.keys()) if (rows.some((row) => row.id === id)) this.#fresh.delete(id);
      this.all = [...rows, ...this.#fresh.values()];
      this.isOpen = true;
    }, this.#failed);
  }

  add(vote: Vote): void {
    this.#fresh.set(vote.id, vote);
    this.all = [...this.all, vote];
    this.#store.add([vote]).catch((thrown: unknown) => {
      this.#forget(vote.id);
      this.#failed(thrown);
    });
  }

  takeBack(id: string): void {
    this.#forget(id);
    this.#store.delete(id).catch(this.#failed);
  }

  async deleteAll(): Promise<void> {
    try {
      const deleted = await this.#store.deleteAll();
      const undo = (): void => void this.#store.add(deleted).catch(this.#failed);
      const what = deleted.length === 1 ? 'One vote was' : `${deleted.length} votes were`;
      this.#notices.info(`${what} deleted.`, { label: 'Undo', run: undo });
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #forget(id: string): void {
    this.#fresh.delete(id);
    this.all = this.all.filter((vote) => vote.id !== id);
  }

  readonly #failed = (thrown: unknown): void => this.#notices.failed(thrown);
}
