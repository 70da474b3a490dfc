/** The comparisons there are, newest first, and the one on the screen. */
import { SvelteMap } from 'svelte/reactivity';
import type { Comparison, LaneSettings, LaneSetup, WholeComparison } from '../../core/comparison';
import type { VoteLog } from '../judge/vote-log.svelte';
import { newId } from '../new-id';
import type { ComparisonHost } from './comparison-host';
import { ComparisonSession } from './comparison-session.svelte';

export interface NewComparison {
  readonly lanes: readonly LaneSetup[];
  /** Absent for those of the page. */
  readonly common?: LaneSettings;
  /** Written into the composer, and not sent: an address must not make a page work. */
  readonly prompt?: string;
}

export class ComparisonList {
  all = $state.raw<readonly Comparison[]>([]);
  isOpen = $state.raw(false);
  current = $state.raw<ComparisonSession>();

  readonly #host: ComparisonHost;
  /** Sessions stay alive while their answers run. */
  readonly #sessions = new SvelteMap<string, ComparisonSession>();

  constructor(host: ComparisonHost) {
    this.#host = host;
  }

  get votes(): VoteLog {
    return this.#host.votes;
  }

  /** Follows what is kept; further calls do nothing. */
  open(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#host.comparisons.watch((all) => {
      this.all = all;
      this.isOpen = true;
      for (const row of all) this.#sessions.get(row.id)?.follow(row);
    }, this.#failed);
  }
  #isWatching = false;

  /** Shows the one that is on the screen already, or a new one without lanes. */
  showLast(): void {
    if (!this.current) this.start({ lanes: [] });
  }

  /** A new one: it is kept once something was asked. */
  start({ lanes, common = this.#ofPage(), prompt = '' }: NewComparison): void {
    const now = Date.now();
    const session = new ComparisonSession(
      {
        id: newId(),
        title: '',
        isTitleChosen: false,
        createdAt: now,
        updatedAt: now,
        lanes: lanes.map((lane) => ({ ...lane, id: newId(), conversationId: newId() })),
        common,
        mode: 'by-resource',
        scrollsTogether: false,
      },
      this.#host,
    );
    session.draft = prompt;
    this.#show(session);
  }

  /** One that is kept, read anew where this tab does not have it; the empty one where it is gone. */
  async show(id: string): Promise<void> {
    try {
      const session = await this.#sessionOf(id);
      if (session) this.#show(session);
      else this.start({ lanes: [] });
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** Answers that a closed tab left behind go on, or are told as cut, whether or not anybody looks at them. */
  async takeUp(ids: readonly string[]): Promise<void> {
    for (const id of ids) (await this.#sessionOf(id))?.open();
  }

  rename(id: string, title: string): void {
    const row = this.all.find((one) => one.id === id);
    const trimmed = title.trim();
    if (!row || !trimmed) return;
    const session = this.#sessions.get(id);
    if (session) session.rename(trimmed);
    else
      this.#host.comparisons
        .save({ ...row, title: trimmed, isTitleChosen: true, updatedAt: Date.now() })
        .catch(this.#failed);
  }

  async delete(id: string): Promise<void> {
    const { comparisons, notices } = this.#host;
    const session = this.#sessions.get(id);
    await session?.stopAll();
    session?.close();
    this.#sessions.delete(id);
    if (this.current?.id === id) this.start({ lanes: [] });
    try {
      const deleted = await comparisons.delete(id);
      if (!deleted) return;
      const undo = (): void => void comparisons.restore(deleted).catch(this.#failed);
      notices.info(`“${deleted.comparison.title}” was deleted.`, { label: 'Undo', run: undo });
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** Undefined where it is not kept yet: nothing was asked in it. */
  async read(id: string): Promise<WholeComparison | undefined> {
    return this.#host.comparisons.readWhole(id);
  }

  /**
   * Keeps a comparison that was exported here or elsewhere, beside those that are kept.
   * @returns its id
   * @throws BackendError for a file that is none, and where it cannot be kept
   */
  async import(file: Blob): Promise<string> {
    const { readComparisonFile } = await import('../../compare/kept/comparison-file');
    const whole = readComparisonFile(await file.text(), newId);
    await this.#host.comparisons.restore(whole);
    return whole.comparison.id;
  }

  #ofPage(): LaneSettings {
    const { params, systemPrompt } = this.#host.respondent;
    return { params, systemPrompt: systemPrompt?.text ?? '' };
  }

  isAnswering(id: string): boolean {
    return this.#sessions.get(id)?.isAnswering ?? false;
  }

  /** Undefined where it is not kept (any more). */
  async #sessionOf(id: string): Promise<ComparisonSession | undefined> {
    if (!this.#sessions.has(id)) {
      const row = await this.#host.comparisons.get(id);
      // Another call may have been quicker: two sessions would both answer.
      if (row && !this.#sessions.has(id))
        this.#sessions.set(id, new ComparisonSession(row, this.#host, true));
    }
    return this.#sessions.get(id);
  }

  #show(session: ComparisonSession): void {
    this.#sessions.set(session.id, session);
    if (this.current !== session) this.current?.close();
    this.current = session;
    session.open();
  }

  readonly #failed = (thrown: unknown): void => this.#host.notices.failed(thrown);
}
