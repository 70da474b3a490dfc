/** One streaming answer: folds events into text, reasoning and figures, and shows them at most once per frame. */
import type { LoadedModel, LoadProgress, RunsOn } from '../core/backend';
import type { BackendError } from '../core/backend-error';
import type { Wait } from '../compare/scheduling/lane-scheduler';
import { AnswerClock, type ClockTimes } from '../core/answer-clock';
import type { ChatEvent, StreamEnd, StreamStart } from '../core/chat-event';
import { type AnswerMessage, type AnswerState, isRunning, type Measurement } from '../core/conversation';
import { estimateTokens } from '../core/estimate-tokens';
import { measureAnswer } from '../core/measure-answer';
import type { ParamEffect } from '../core/param-effect';
import type { RetrievalReport } from '../core/retrieval';
import type { ServerSource } from '../core/server-source';
import type { TokenProbability } from '../core/token-probability';
import type { ToolCall } from '../core/tool';
import type { SearchStep } from './answering-from-documents/search-step';
import { type Draw, drawInTurn, leaveTurns } from './frame-turns';

/**
 * A fast stream is shown about thirty times a second: nobody reads faster, and every other frame stays free for
 * the reader's own doing. A token that comes after a pause is shown in the very next frame.
 */
const shortestPauseMs = 30;

export type ArrivedText = Pick<AnswerMessage, 'text' | 'reasoning'>;

/** What a page that is loaded again finds of a running answer. */
export interface Held extends ArrivedText {
  /** Absent where nothing was noted. */
  readonly times?: ClockTimes;
}

export class Reply {
  /** As of the last frame; the buffers behind run ahead of it. */
  text = $state.raw('');
  reasoning = $state.raw('');
  state = $state.raw<AnswerState>('waiting');
  /** Present while another lane has what this one needs. */
  wait = $state.raw<Wait>();
  loadProgress = $state.raw<LoadProgress>();
  /** Present while documents are searched for it. */
  searchStep = $state.raw<SearchStep>();
  /** What was found in them; there before the first word. */
  retrieval = $state.raw<RetrievalReport>();
  sources = $state.raw<readonly ServerSource[]>();
  effects = $state.raw<readonly ParamEffect[]>([]);
  /** Those that have arrived, each whole. */
  toolCalls = $state.raw<readonly ToolCall[]>([]);
  /** Tokens so far, estimated from the length: no backend counts while it streams. */
  estimatedTokens = $derived(this.#newTokens(this.text, this.reasoning));
  /** To the relay: `lost` until it is open again, then `back`; absent while nothing happened to it. */
  connection = $state.raw<'lost' | 'back'>();
  /** Known once the model is ready. */
  runsOn = $state.raw<RunsOn>();

  readonly #message: AnswerMessage;
  readonly #now: () => number;
  readonly #clock: AnswerClock;
  /** What had arrived before the page was loaded again: shown until the answer, which comes anew, is longer. */
  #held: Held | undefined;
  readonly #isResumed: boolean;
  readonly #hasTimes: boolean;
  // Plain fields: assigning reactive state on every token would parse and lay out on every token.
  #text = '';
  #reasoning = '';
  /** Time of the frame that showed text last. */
  #shownAt = -Infinity;
  #loadStartedAt: number | undefined;
  #loadMs: number | undefined;
  #loaded: LoadedModel | undefined;
  readonly #tokens: TokenProbability[];
  readonly #corrections: string[] = [];
  #start: StreamStart | undefined;
  #end: StreamEnd | undefined;
  #error: BackendError | undefined;

  constructor(message: AnswerMessage, now: () => number = () => performance.now(), held?: Held) {
    this.#message = message;
    this.#held = held;
    this.#isResumed = held !== undefined;
    this.#hasTimes = held === undefined || held.times !== undefined;
    if (held) this.connection = 'lost';
    this.#now = now;
    this.#clock = new AnswerClock(now, held?.times);
    // A continued answer begins with what it continues.
    this.#text = message.text;
    this.#reasoning = message.reasoning;
    this.#tokens = [...(message.tokens ?? [])];
    this.retrieval = message.retrieval;
    this.sources = message.sources;
    ({ text: this.text, reasoning: this.reasoning } = this.arrived);
  }

  get id(): string {
    return this.#message.id;
  }

  /** Everything that has arrived, also what no frame has shown yet. */
  get arrived(): ArrivedText {
    return {
      text: longer(this.#text, this.#held?.text),
      reasoning: longer(this.#reasoning, this.#held?.reasoning),
    };
  }

  get times(): ClockTimes {
    return this.#clock.times;
  }

  /** Milliseconds since the request. */
  get elapsedMs(): number {
    return this.#clock.elapsedMs;
  }

  connectionChanged(isUp: boolean): void {
    if (!isRunning(this.state)) return;
    this.connection = isUp ? 'back' : 'lost';
    if (isUp) this.#clock.back();
    else this.#clock.lost();
  }

  loading(progress?: LoadProgress): void {
    this.#loadStartedAt ??= this.#now();
    this.state = 'loading';
    this.loadProgress = progress;
  }

  /** The model is ready; something else may come before the request. */
  loaded(model: LoadedModel): void {
    if (this.#loadStartedAt !== undefined) this.#loadMs = this.#now() - this.#loadStartedAt;
    this.#loaded = model;
    this.runsOn = model.runsOn;
    this.loadProgress = undefined;
    this.state = 'waiting';
  }

  /** The request goes out now: figures count from here. */
  requested(model: LoadedModel): void {
    if (this.#loaded !== model) this.loaded(model);
    this.searchStep = undefined;
    this.#clock.requested();
  }

  apply(event: ChatEvent): void {
    switch (event.type) {
      case 'stream-start':
        if (this.connection === 'lost') this.connectionChanged(true);
        this.effects = event.effects;
        this.#start = event;
        break;
      case 'text-delta':
        this.#text += event.text;
        this.#arrived();
        break;
      case 'reasoning-delta':
        // A model that is asked to go on thinks anew.
        if (this.#reasoning === this.#message.reasoning && this.#reasoning) this.#reasoning += '\n\n';
        this.#reasoning += event.text;
        this.#arrived();
        break;
      case 'text-reset':
        this.#text = this.#message.text;
        this.#held = undefined;
        this.#corrections.push(event.reason);
        this.#arrived();
        break;
      case 'tool-call':
        this.toolCalls = [...this.toolCalls, this.#withOwnId(event)];
        this.#arrived();
        break;
      case 'sources':
        this.sources = event.sources;
        break;
      case 'token-probabilities':
        this.#tokens.push(...event.tokens);
        break;
      case 'stream-end':
        // Whole, it is what it is.
        if (event.reason !== 'aborted') this.#held = undefined;
        this.#end = event;
        this.#finish(endState(event));
        break;
      case 'stream-error':
        this.fail(event.error);
        break;
    }
  }

  fail(error: BackendError): void {
    this.#error = error;
    this.effects = error.detail.effects ?? this.effects;
    // What had arrived is an answer that broke off, not a failure without an answer.
    const { text, reasoning } = this.arrived;
    const hasSomething = text || reasoning || this.toolCalls.length > 0 || this.#isResumed;
    this.#finish(hasSomething ? 'incomplete' : 'failed');
  }

  /** The row to keep: final once the state is. */
  toMessage(): AnswerMessage {
    const way = this.#start?.continued;
    return {
      ...this.#message,
      ...this.arrived,
      state: this.state,
      runsOn: this.runsOn,
      notice: this.#isResumed ? resumedNotice(this.#hasTimes) : this.#loaded?.notice,
      contextLength: this.#end?.contextLength ?? this.#loaded?.contextLength,
      endReason: this.#end?.reason,
      usage: this.#end?.usage,
      timings: this.#end?.timings,
      effects: this.effects,
      ...(this.#tokens.length > 0 && { tokens: this.#tokens }),
      ...(this.#corrections.length > 0 && { corrections: this.#corrections }),
      ...(this.toolCalls.length > 0 && { toolCalls: this.toolCalls }),
      ...(this.#start?.ignoresTools && { ignoresTools: true }),
      error: this.#error?.toPlain(),
      ...(this.#message.continuedFrom && {
        continuedFrom: { ...this.#message.continuedFrom, ...(way && { way }) },
      }),
      ...(this.retrieval && { retrieval: this.retrieval }),
      ...(this.sources && { sources: this.sources }),
      relayAnswerId: isRunning(this.state) ? this.#message.relayAnswerId : undefined,
      measurement: isRunning(this.state) || !this.#hasTimes ? undefined : this.#measure(),
    };
  }

  /** Results find their call by its id, and not every server is careful with it. */
  #withOwnId({ id, name, arguments: given }: ToolCall): ToolCall {
    const isTaken = this.toolCalls.some((other) => other.id === id);
    return { id: isTaken ? `${id}_${this.toolCalls.length}` : id, name, arguments: given };
  }

  #finish(state: AnswerState): void {
    this.#clock.finished();
    this.#flush();
    this.connection = undefined;
    this.loadProgress = undefined;
    this.searchStep = undefined;
    this.state = state;
  }

  #arrived(): void {
    this.#clock.tokenArrived();
    this.state = 'streaming';
    drawInTurn(this.#draw);
  }

  readonly #draw: Draw = (time) => {
    if (time - this.#shownAt < shortestPauseMs) return 'too early';
    this.#shownAt = time;
    this.#flush();
    return 'drawn';
  };

  #flush(): void {
    leaveTurns(this.#draw);
    ({ text: this.text, reasoning: this.reasoning } = this.arrived);
  }

  /** Without those of the beginning that is continued. */
  #newTokens(text: string, reasoning: string): number {
    const { text: textBefore, reasoning: reasoningBefore } = this.#message;
    return (
      estimateTokens(text.slice(textBefore.length)) + estimateTokens(reasoning.slice(reasoningBefore.length))
    );
  }

  #measure(): Measurement {
    const calls = this.toolCalls.map((call) => call.name + call.arguments).join('');
    return measureAnswer({
      times: this.#clock.measured,
      usage: this.#end?.usage,
      writtenTokens: this.#newTokens(this.#text, this.#reasoning) + estimateTokens(calls),
      loadMs: this.#loadMs,
      loadTimings: this.#loaded?.timings,
      isCold: this.#start?.isCold ?? false,
      arrivedWhole: this.#start?.arrivesWhole ?? false,
      isRepeated: this.#end?.isRepeated ?? false,
    });
  }
}

function endState(end: StreamEnd): AnswerState {
  return end.reason === 'aborted' ? 'stopped' : 'done';
}

function resumedNotice(hasTimes: boolean): string {
  const missing = hasTimes ? 'its speed is' : 'its times are';
  return `The page was loaded again while this answer was being written, so ${missing} not known.`;
}

function longer(text: string, held = ''): string {
  return held.length > text.length ? held : text;
}
