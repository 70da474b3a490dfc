/** Sees what goes on around one answer: how its text comes in, whether the tab is hidden, who works beside it. */
import type { AnswerMessage, TimelinePoint } from '../core/conversation';
import type { ToolDefinition } from '../core/tool';

export interface Witnessed extends Pick<AnswerMessage, 'circumstances' | 'timeline'> {
  /** What the model was offered to call; absent where nothing was. */
  readonly tools?: readonly ToolDefinition[];
}

/** Points of a timeline. Twice as many are thinned out, so that a long answer keeps its shape. */
const mostPoints = 200;
/** Milliseconds between two points at the beginning. */
const firstStep = 30;

export class AnswerWitness {
  readonly #keepsTimeline: boolean;
  readonly #elapsedMs: () => number;
  #characters = 0;
  #timeline: TimelinePoint[] = [];
  #step = firstStep;
  #wasHidden = isHidden();
  #sharedWith: readonly string[] = [];
  #tools: readonly ToolDefinition[] = [];

  /** @param elapsedMs milliseconds since the request, by the clock of the answer */
  constructor(keepsTimeline: boolean, elapsedMs: () => number) {
    this.#keepsTimeline = keepsTimeline;
    this.#elapsedMs = elapsedMs;
    globalThis.document?.addEventListener('visibilitychange', this.#look);
  }

  /** What came before the request, loading for one, is not part of it. */
  requested(): void {
    this.#wasHidden = isHidden();
  }

  arrived(characters: number): void {
    this.#characters += characters;
    if (!this.#keepsTimeline) return;
    const ms = this.#elapsedMs();
    const last = this.#timeline.at(-1);
    if (last && ms - last[0] < this.#step) return;
    this.#timeline.push([Math.round(ms), this.#characters]);
    if (this.#timeline.length < 2 * mostPoints) return;
    this.#timeline = this.#timeline.filter((_, index) => index % 2 === 0);
    this.#step *= 2;
  }

  /** So far, up to now. */
  get timeline(): readonly TimelinePoint[] {
    return this.#timeline.length > 0 ? this.#ended() : [];
  }

  offered(tools: readonly ToolDefinition[] = []): void {
    this.#tools = tools;
  }

  shared(lanes: Iterable<string>): void {
    this.#sharedWith = [...lanes];
  }

  /** Stops watching. */
  finish(): Witnessed {
    globalThis.document?.removeEventListener('visibilitychange', this.#look);
    const circumstances = {
      ...(this.#wasHidden && { wasHidden: true as const }),
      ...(this.#sharedWith.length > 0 && { sharedWith: this.#sharedWith }),
    };
    return {
      ...(Object.keys(circumstances).length > 0 && { circumstances }),
      ...(this.#timeline.length > 0 && { timeline: this.#ended() }),
      ...(this.#tools.length > 0 && { tools: this.#tools }),
    };
  }

  #ended(): TimelinePoint[] {
    const end: TimelinePoint = [Math.round(this.#elapsedMs()), this.#characters];
    return [...this.#timeline, end];
  }

  readonly #look = (): void => {
    if (isHidden()) this.#wasHidden = true;
  };
}

function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}
