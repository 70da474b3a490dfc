/** The batches there are, newest first, the one on the screen, and the one that is being put together. */
import { SvelteMap } from 'svelte/reactivity';
import type { BatchRun } from '../../core/batch';
import type { ListedBatch } from '../../storage/batch-store';
import { newId } from '../new-id';
import { BatchDraft } from './batch-draft.svelte';
import type { BatchHost } from './batch-host';
import { BatchSession } from './batch-session.svelte';

export class BatchList {
  all = $state.raw<readonly ListedBatch[]>([]);
  isOpen = $state.raw(false);
  current = $state.raw<BatchSession>();
  /** The id that was to be shown, and that is not kept (any more). */
  missing = $state.raw<string>();
  /** Kept while other screens are shown. */
  draft = $state.raw(new BatchDraft());

  readonly #host: BatchHost;
  /** Sessions stay alive while they run. */
  readonly #sessions = new SvelteMap<string, BatchSession>();
  #isWatching = false;

  constructor(host: BatchHost) {
    this.#host = host;
  }

  /** Follows what is kept; further calls do nothing. */
  open(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#host.batches.watch((all) => {
      this.all = all;
      this.isOpen = true;
    }, this.#failed);
  }

  /** Answers so far: those of a run in this tab are newer than what was read. */
  resultsOf({ batch, results }: ListedBatch): number {
    return this.#sessions.get(batch.id)?.standing.ended ?? results;
  }

  isRunning(id: string): boolean {
    return this.#sessions.get(id)?.isRunning ?? false;
  }

  /** Nothing is asked yet. @returns its id; undefined where it could not be kept */
  async create(run: BatchRun): Promise<string | undefined> {
    const now = Date.now();
    const batch = { id: newId(), createdAt: now, updatedAt: now, run };
    try {
      await this.#host.batches.save(batch);
    } catch (thrown) {
      this.#failed(thrown);
      return undefined;
    }
    const session = new BatchSession(batch, this.#host);
    this.#sessions.set(batch.id, session);
    await session.open();
    this.draft = new BatchDraft();
    return batch.id;
  }

  /** Where there is none of this id, it is `missing`. */
  async show(id: string | undefined): Promise<void> {
    const known = id === undefined ? undefined : this.#sessions.get(id);
    this.current = known;
    this.missing = undefined;
    if (known || id === undefined) return known?.open();
    try {
      const batch = await this.#host.batches.get(id);
      if (!batch) return void (this.missing = id);
      const session = new BatchSession(batch, this.#host);
      this.#sessions.set(id, session);
      this.current = session;
      await session.open();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  async delete(id: string): Promise<void> {
    const { batches, notices } = this.#host;
    await this.#sessions.get(id)?.stop();
    this.#sessions.delete(id);
    if (this.current?.id === id) this.current = undefined;
    try {
      const deleted = await batches.delete(id);
      if (!deleted) return;
      const undo = (): void => void batches.restore(deleted).catch(this.#failed);
      notices.info(`“${deleted.batch.run.title}” was deleted.`, { label: 'Undo', run: undo });
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  rename(id: string, title: string): void {
    const trimmed = title.trim();
    const listed = this.all.find(({ batch }) => batch.id === id);
    if (!listed || !trimmed) return;
    const session = this.#sessions.get(id);
    const { batch } = listed;
    if (session) session.rename(trimmed);
    else {
      const renamed = { ...batch, updatedAt: Date.now(), run: { ...batch.run, title: trimmed } };
      this.#host.batches.save(renamed).catch(this.#failed);
    }
  }

  readonly #failed = (thrown: unknown): void => this.#host.notices.failed(thrown);
}
