/**
 * What a backend says while it answers: one `stream-start`, any number of deltas, exactly one terminal event.
 * An abort is not an error: it ends with `stream-end: aborted`.
 */
import type { BackendError } from './backend-error';
import type { ParamEffect } from './param-effect';
import type { ServerSource } from './server-source';
import type { TokenProbability } from './token-probability';
import type { ToolCall } from './tool';

/** `tool-calls`: the model waits for the results of what it asked for. */
export type EndReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'aborted' | 'other';

/** Token counts as the engine or server reports them; absent where it does not. */
export interface Usage {
  /** All tokens of the prompt, cached ones included. */
  readonly promptTokens?: number;
  /** Part of promptTokens that came from a prefix cache. */
  readonly cachedTokens?: number;
  /** All generated tokens, reasoning included. */
  readonly completionTokens?: number;
  readonly reasoningTokens?: number;
}

/** The engine's own timings in milliseconds, shown beside ours. */
export interface EngineTimings {
  readonly loadMs?: number;
  readonly prefillMs?: number;
  readonly decodeMs?: number;
}

/** How a text that broke off goes on: the model reads it as its own unfinished turn, or is asked to take it up. */
export type ContinueWay = 'natively' | 'by asking';

export type StreamStart = {
  readonly type: 'stream-start';
  readonly modelId: string;
  /** What became of each setting. */
  readonly effects: readonly ParamEffect[];
  /** The first answer after a load: caches are empty and shaders may still be compiled, so its figures are worse. */
  readonly isCold?: boolean;
  /** A server that does not stream: all deltas come at once, at the end. */
  readonly arrivesWhole?: true;
  /** Tools were offered, and the model was not told of them. */
  readonly ignoresTools?: true;
  /** Where the request continues a text: how. The deltas are what comes after it. */
  readonly continued?: ContinueWay;
};
export type ReasoningDelta = { readonly type: 'reasoning-delta'; readonly text: string };
export type TextDelta = { readonly type: 'text-delta'; readonly text: string };
/** Takes back all text so far: another text follows in its place. */
export type TextReset = {
  readonly type: 'text-reset';
  /** Why, as a sentence for the reader. */
  readonly reason: string;
};
/** Sent where it was asked for, for each token that was written, thoughts included. */
export type TokenProbabilities = {
  readonly type: 'token-probabilities';
  readonly tokens: readonly TokenProbability[];
};
/** A call, whole: what arrives in pieces is put together first. */
export type ToolCallEvent = { readonly type: 'tool-call' } & ToolCall;
/** All sources that the server has named so far; the last such event counts. */
export type SourcesEvent = { readonly type: 'sources'; readonly sources: readonly ServerSource[] };
export type StreamEnd = {
  readonly type: 'stream-end';
  readonly reason: EndReason;
  readonly usage?: Usage;
  readonly timings?: EngineTimings;
  /** The window that was really in force, in tokens, where the server tells only once it has answered. */
  readonly contextLength?: number;
  /** It was asked twice: counts and timings are of both attempts, and no speed follows from them. */
  readonly isRepeated?: true;
};
export type StreamError = { readonly type: 'stream-error'; readonly error: BackendError };

export type ChatEvent =
  | StreamStart
  | ReasoningDelta
  | TextDelta
  | TextReset
  | TokenProbabilities
  | ToolCallEvent
  | SourcesEvent
  | StreamEnd
  | StreamError;
