/** One column of a comparison: a conversation whose answers come from the lane's own model and settings. */
import type { Turn, Wait } from '../../compare/scheduling/lane-scheduler';
import type { LaneRow, LaneSettings, ScheduleMode } from '../../core/comparison';
import type { SystemPrompt } from '../../core/conversation';
import type { Params } from '../../core/params';
import { type DocumentChoice, usualRetrieval } from '../../core/retrieval';
import { type BackendEntry, fullLabel } from '../backend-entry';
import { ChatSession } from '../chat-session.svelte';
import type { LaneTurn } from '../lane-turn';
import { occupancyOfChoice } from '../occupancy-of-choice';
import type { Respondent } from '../respondent';
import type { Selection } from '../setting-values';
import type { ComparisonHost } from './comparison-host';

/** What a lane asks of the comparison that it belongs to. */
export interface LaneOwner {
  readonly id: string;
  readonly common: LaneSettings;
  readonly mode: ScheduleMode;
  /** From 1; it changes when lanes are moved. */
  numberOf(laneId: string): number;
  changeLane(laneId: string, change: Partial<LaneRow>): void;
}

export class Lane implements Respondent, LaneTurn {
  row: LaneRow;
  readonly session: ChatSession;
  readonly #host: ComparisonHost;
  readonly #owner: LaneOwner;

  constructor(row: LaneRow, owner: LaneOwner, host: ComparisonHost) {
    this.row = $state.raw(row);
    this.#owner = owner;
    this.#host = host;
    this.session = new ChatSession(row.conversationId, { ...host, respondent: this, lane: this });
  }

  get id(): string {
    return this.row.id;
  }

  get comparisonId(): string {
    return this.#owner.id;
  }

  /** For people: `Lane 2`. */
  get name(): string {
    return `Lane ${this.#owner.numberOf(this.id)}`;
  }

  /** Absent where its backend is not set up (any more). */
  get entry(): BackendEntry | undefined {
    return this.#host.backends.entry(this.row.backendId);
  }

  /** For people: `Ollama · smollm2:latest`. */
  get label(): string {
    return fullLabel(this.entry, this.row);
  }

  get choice(): Selection {
    const { backendId, modelId } = this.row;
    return { backendId, modelId };
  }

  get isLinked(): boolean {
    return this.row.own === undefined;
  }

  get settings(): LaneSettings {
    return this.row.own ?? this.#owner.common;
  }

  get params(): Params {
    return this.settings.params;
  }

  get systemPrompt(): SystemPrompt | undefined {
    const text = this.settings.systemPrompt;
    return text.trim() === '' ? undefined : { text };
  }

  get documents(): DocumentChoice {
    const { collectionIds = [], retrieval = usualRetrieval } = this.settings;
    return { collectionIds, settings: retrieval };
  }

  /** The lane goes its own way from here on, with the settings that it has. */
  changeParams(change: Params): void {
    this.changeSettings({ params: { ...this.params, ...change } });
  }

  changeSettings(change: Partial<LaneSettings>): void {
    this.#owner.changeLane(this.id, { own: { ...this.settings, ...change } });
  }

  select(choice: Selection): Promise<void> {
    this.#owner.changeLane(this.id, choice);
    return Promise.resolve();
  }

  async takeTurn(choice: Selection, onWait: (wait: Wait) => void, signal: AbortSignal): Promise<Turn> {
    const occupancy = await occupancyOfChoice(this.#host, choice);
    const owner = this.#owner;
    const request = {
      ...occupancy,
      lane: this.name,
      get mode() {
        return owner.mode;
      },
    };
    return this.#host.scheduler.take(request, onWait, signal);
  }
}
