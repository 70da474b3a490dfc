/** One comparison on the screen: its lanes, what they have in common, and what is done with all of them at once. */
import { SvelteMap } from 'svelte/reactivity';
import type { ImagePart } from '../../core/chat-message';
import {
  type Comparison,
  type LaneRow,
  type LaneSettings,
  laneSetup,
  type LaneSetup,
  mostLanes,
  type ScheduleMode,
} from '../../core/comparison';
import type { DocumentSource } from '../answering-from-documents/document-source';
import { Judging } from '../judge/judging.svelte';
import { newId } from '../new-id';
import { titleFrom } from '../title-from';
import type { ComparisonHost } from './comparison-host';
import { Lane, type LaneOwner } from './lane.svelte';

type Change = Partial<
  Pick<Comparison, 'title' | 'lanes' | 'common' | 'mode' | 'scrollsTogether' | 'blindSince' | 'checks'>
>;

export class ComparisonSession implements LaneOwner {
  row: Comparison;
  lanes = $state.raw<readonly Lane[]>([]);
  readonly judging: Judging;
  /** Kept while other screens are shown. */
  draft = $state.raw('');
  /** Whom the next message goes to; undefined for all. */
  target = $state.raw<string>();

  isAnswering = $derived(this.lanes.some(({ session }) => session.isAnswering));
  /** Nothing was asked yet: the comparison is not kept. */
  isBlank = $state.raw(true);
  canAdd = $derived(this.lanes.length < mostLanes);

  readonly #host: ComparisonHost;
  /** Lanes that were taken out come back with their conversation when that is undone. */
  readonly #known = new SvelteMap<string, Lane>();

  constructor(row: Comparison, host: ComparisonHost, isKept = false) {
    this.#host = host;
    this.isBlank = !isKept;
    this.row = $state.raw(row);
    this.judging = new Judging(this, host);
    this.#follow(row);
  }

  get id(): string {
    return this.row.id;
  }

  get common(): LaneSettings {
    return this.row.common;
  }

  get mode(): ScheduleMode {
    return this.row.mode;
  }

  /** Resolves once what is kept was read; undefined where there are no documents. */
  readonly openDocuments = async (): Promise<DocumentSource | undefined> => {
    const source = await this.#host.documents?.();
    await source?.open();
    return source;
  };

  open(): void {
    for (const { session } of this.lanes) session.open();
  }

  /** What runs goes on. */
  close(): void {
    for (const { session } of this.lanes) if (!session.isAnswering) session.close();
  }

  numberOf(laneId: string): number {
    return this.#indexOf(laneId) + 1;
  }

  /** As it is kept, also when another tab changed it. */
  follow(row: Comparison): void {
    if (row.updatedAt <= this.row.updatedAt) return;
    this.row = row;
    this.#follow(row);
  }

  addLane(setup: LaneSetup, at = this.lanes.length): void {
    if (!this.canAdd) return;
    const lane: LaneRow = { ...setup, id: newId(), conversationId: newId() };
    this.change({ lanes: this.row.lanes.toSpliced(at, 0, lane) });
  }

  duplicateLane(laneId: string): void {
    const at = this.#indexOf(laneId);
    const lane = this.row.lanes[at];
    if (lane) this.addLane(laneSetup(lane), at + 1);
  }

  /** Its answers stay kept until the comparison is deleted, so that this can be undone. */
  removeLane(laneId: string): void {
    const at = this.#indexOf(laneId);
    const row = this.row.lanes[at];
    const lane = this.#known.get(laneId);
    if (!row || !lane) return;
    void lane.session.stop();
    if (this.target === laneId) this.target = undefined;
    const { name, label } = lane;
    this.change({ lanes: this.row.lanes.toSpliced(at, 1) });
    const undo = (): void => this.change({ lanes: this.row.lanes.toSpliced(at, 0, row) });
    this.#host.notices.info(`${name}, ${label}, was removed.`, { label: 'Undo', run: undo });
  }

  /** @param by -1 to the left, 1 to the right */
  moveLane(laneId: string, by: -1 | 1): void {
    const { lanes } = this.row;
    const from = this.#indexOf(laneId);
    const to = from + by;
    const lane = lanes[from];
    if (!lane || to < 0 || to >= lanes.length) return;
    this.change({ lanes: lanes.toSpliced(from, 1).toSpliced(to, 0, lane) });
  }

  changeLane(laneId: string, change: Partial<LaneRow>): void {
    this.change({
      lanes: this.row.lanes.map((lane) => (lane.id === laneId ? { ...lane, ...change } : lane)),
    });
  }

  /** The lane goes by the common settings again. */
  linkLane(laneId: string): void {
    this.changeLane(laneId, { own: undefined });
  }

  change(change: Change): void {
    this.row = { ...this.row, ...change, updatedAt: Date.now() };
    if (change.lanes) this.#follow(this.row);
    if (change.mode) this.#host.scheduler.reconsider();
    if (!this.isBlank) this.#save();
  }

  rename(title: string): void {
    const trimmed = title.trim();
    if (!trimmed) return;
    this.row = { ...this.row, isTitleChosen: true };
    this.change({ title: trimmed });
  }

  /** Asks every lane that is free, or the one that is the target. */
  send(text: string, images: readonly ImagePart[] = []): void {
    const asked = this.target === undefined ? this.lanes : this.lanes.filter(({ id }) => id === this.target);
    if (!this.row.title) this.row = { ...this.row, title: titleFrom(text) };
    this.isBlank = false;
    this.change({});
    for (const { session } of asked) session.send(text, images);
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.lanes.map(({ session }) => session.stop()));
  }

  #indexOf(laneId: string): number {
    return this.row.lanes.findIndex(({ id }) => id === laneId);
  }

  #follow({ lanes }: Comparison): void {
    this.lanes = lanes.map((row) => {
      const lane = this.#known.get(row.id) ?? this.#create(row);
      if (lane.row !== row) lane.row = row;
      return lane;
    });
  }

  #create(row: LaneRow): Lane {
    const lane = new Lane(row, this, this.#host);
    this.#known.set(row.id, lane);
    lane.session.open();
    return lane;
  }

  #save(): void {
    this.#host.comparisons.save(this.row).catch((thrown: unknown) => this.#host.notices.failed(thrown));
  }
}
