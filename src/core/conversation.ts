/** Conversations and messages as they are kept: rows of a tree, in which a retry or an edit is a sibling. */
import type { PlainBackendError } from './backend-error';
import type { LoadTimings, RunsOn } from './backend';
import type { ContinueWay, EndReason, EngineTimings, Usage } from './chat-event';
import type { ImagePart } from './chat-message';
import type { ParamEffect } from './param-effect';
import type { Provenance } from './provenance';
import type { Passage, RetrievalFilter, RetrievalReport, RetrievalSettings } from './retrieval';
import type { ServerSource } from './server-source';
import type { SilentCut } from './silent-cut';
import type { TokenProbability } from './token-probability';
import type { ToolCall } from './tool';

export interface Conversation {
  readonly id: string;
  readonly title: string;
  /** Set once the person named it, so that it is never renamed by us. */
  readonly isTitleChosen: boolean;
  /** Milliseconds since 1970; for display. */
  readonly createdAt: number;
  /** Milliseconds since 1970; newest conversation first. */
  readonly updatedAt: number;
  /** Last message of the branch that is shown; absent while empty. */
  readonly leafId?: string;
  /** Of a lane: it is listed with its comparison, and not among the conversations. */
  readonly comparisonId?: string;
  /** Collections of documents that its answers are given from; absent for none. */
  readonly collectionIds?: readonly string[];
  /** Absent for the usual. */
  readonly retrieval?: RetrievalSettings;
  /** Which documents of the collections; absent or empty for all. */
  readonly documentFilter?: RetrievalFilter;
}

export type AnswerState = 'waiting' | 'loading' | 'streaming' | 'done' | 'stopped' | 'incomplete' | 'failed';

/** Our own brackets around the stream, the same for every backend. */
export interface Measurement {
  /** Milliseconds from the request to the first delta, model load excluded; absent where that came after a gap. */
  readonly firstTokenMs?: number;
  /** Milliseconds from the request to the end. */
  readonly totalMs: number;
  /** Milliseconds of the total in which the connection was broken or the page was not there: then no speed is known. */
  readonly gapMs?: number;
  /** Milliseconds of loading before the request; absent when the model was ready. */
  readonly loadMs?: number;
  /** What the load was spent on, where an engine in the page did it. */
  readonly loadTimings?: LoadTimings;
  /** The first answer after a load: its figures are worse than those to come. */
  readonly isCold?: boolean;
  /** It was not streamed: the first token came with the last one, and no speed is known. */
  readonly arrivedWhole?: true;
  /** It was asked twice: times and tokens are of both attempts, and no speed is known. */
  readonly isRepeated?: true;
  /** Prompt tokens that were really read, cached ones excluded, per second until the first token. */
  readonly prefillTokensPerSecond?: number;
  /** Tokens per second after the first token. */
  readonly tokensPerSecond?: number;
  readonly completionTokens: number;
  /** True where the backend reported no count and ours is a guess from the length. */
  readonly isEstimated: boolean;
}

/** What else went on while an answer came; its figures may be the worse for it. */
export interface Circumstances {
  /** The tab was in the background for a time: browsers slow it down then. */
  readonly wasHidden?: true;
  /** Lanes that worked on the same machine at the same time. */
  readonly sharedWith?: readonly string[];
}

/** Milliseconds since the request, and characters that had arrived by then, thoughts included. */
export type TimelinePoint = readonly [ms: number, characters: number];

/** An answer that begins with the whole text of an earlier one. Figures and settings are those of the new part. */
export interface ContinuedFrom {
  readonly messageId: string;
  /** Who wrote the beginning. */
  readonly modelLabel: string;
  /** Of the beginning, in UTF-16 units: where the new part starts. */
  readonly length: number;
  /** Absent until the backend told. */
  readonly way?: ContinueWay;
}

/** As it was when the answer was asked for. */
export interface SystemPrompt {
  /** Absent for one that is not kept under a name. */
  readonly name?: string;
  readonly text: string;
}

interface MessageBase {
  readonly id: string;
  readonly conversationId: string;
  /** The message it follows; null for the first. Siblings are retries or edits. */
  readonly parentId: string | null;
  /** Order of creation within the conversation: clocks may be set back, this is not. */
  readonly position: number;
  readonly createdAt: number;
  readonly text: string;
}

export interface UserMessage extends MessageBase {
  readonly role: 'user';
  readonly images?: readonly ImagePart[];
}

export interface AnswerMessage extends MessageBase {
  readonly role: 'assistant';
  readonly state: AnswerState;
  readonly reasoning: string;
  readonly backendId: string;
  readonly backendLabel: string;
  readonly modelId: string;
  readonly modelLabel: string;
  readonly runsOn?: RunsOn;
  readonly endReason?: EndReason;
  readonly usage?: Usage;
  readonly timings?: EngineTimings;
  readonly measurement?: Measurement;
  readonly circumstances?: Circumstances;
  /** How the text came in, for the chart of a comparison; a few hundred points at most. */
  readonly timeline?: readonly TimelinePoint[];
  /** What became of each setting that was set. */
  readonly effects?: readonly ParamEffect[];
  /** Absent where none was sent. */
  readonly systemPrompt?: SystemPrompt;
  /** Where they were asked for. */
  readonly tokens?: readonly TokenProbability[];
  /** In the order in which the model made them, their ids unique; absent where it made none. */
  readonly toolCalls?: readonly ToolCall[];
  /** Tools were switched on, and the model was not told of them. */
  readonly ignoresTools?: true;
  readonly notice?: string;
  /** Why text of an earlier attempt is no longer there. */
  readonly corrections?: readonly string[];
  /** Size of everything the model was sent for this answer. */
  readonly promptCharacters?: number;
  /** The context window that was in force, in tokens; absent where nobody told. */
  readonly contextLength?: number;
  /** The server read less than it was sent, and did not say so. */
  readonly cut?: SilentCut;
  readonly error?: PlainBackendError;
  /** While it comes through the relay: by which the relay is asked for it again. */
  readonly relayAnswerId?: string;
  /** Absent where the answer began anew. */
  readonly continuedFrom?: ContinuedFrom;
  /** Weights, engine and versions; absent in answers of earlier versions of the page. */
  readonly provenance?: Provenance;
  /** Id of the answer that was asked for again with everything as it was then. */
  readonly replayOf?: string;
  /** Absent where no documents were searched. */
  readonly retrieval?: RetrievalReport;
  /** Named by the server itself; absent where it named none. */
  readonly sources?: readonly ServerSource[];
}

/** The result of a call of the answer above it, as `text`. Several results of one answer follow each other. */
export interface ToolMessage extends MessageBase {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly answeredBy: 'built-in' | 'person';
  /** Milliseconds that a built-in tool took. */
  readonly durationMs?: number;
  /** The tool could not do what it was asked; the text says why. */
  readonly isFailure?: true;
  /** What it found in documents, in the order of their numbers. */
  readonly passages?: readonly Passage[];
}

export type StoredMessage = UserMessage | AnswerMessage | ToolMessage;

const running: ReadonlySet<AnswerState> = new Set(['waiting', 'loading', 'streaming']);

/** Whether a model can be asked to go on with it: a text must have begun, for neither a thought nor a call is taken up. */
export function canContinue({ state, text, toolCalls = [] }: AnswerMessage): boolean {
  return !isRunning(state) && text !== '' && toolCalls.length === 0;
}

/** Whether an answer ended before the model meant to end it. */
export function isCutShort({ state, endReason }: AnswerMessage): boolean {
  return state === 'stopped' || state === 'incomplete' || (state === 'done' && endReason === 'length');
}

export function isRunning(state: AnswerState): boolean {
  return running.has(state);
}

/** From the first message to the leaf, following parents. An unknown leaf gives an empty branch. */
export function branchTo(messages: readonly StoredMessage[], leafId: string | undefined): StoredMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: StoredMessage[] = [];
  for (let at = leafId; at !== undefined;) {
    const message = byId.get(at);
    if (!message) break;
    branch.push(message);
    at = message.parentId ?? undefined;
  }
  return branch.reverse();
}

/** Of each message, by its id: the alternatives to it, itself included, in order of creation. */
export function variantsById(
  messages: readonly StoredMessage[],
): ReadonlyMap<string, readonly StoredMessage[]> {
  const siblings = new Map<string, StoredMessage[]>();
  const variants = new Map<string, readonly StoredMessage[]>();
  for (const message of [...messages].sort((a, b) => a.position - b.position)) {
    const place = `${message.role} ${message.parentId ?? ''}`;
    const group = siblings.get(place) ?? [];
    group.push(message);
    siblings.set(place, group);
    variants.set(message.id, group);
  }
  return variants;
}

/** The newest message below `from`, itself included: where to land when a variant is chosen. */
export function newestLeafBelow(messages: readonly StoredMessage[], from: string): string {
  const children = messages.filter((message) => message.parentId === from);
  const newest = children.reduce<StoredMessage | undefined>(
    (best, message) => (!best || message.position > best.position ? message : best),
    undefined,
  );
  return newest ? newestLeafBelow(messages, newest.id) : from;
}

/**
 * Rows as stored, joined with what this tab holds: messages that could not be saved stay, and an answer
 * that is finished here is not undone by a row that still says it runs.
 */
export function mergeMessages(
  stored: readonly StoredMessage[],
  held: readonly StoredMessage[],
  runningId: string | undefined,
): StoredMessage[] {
  const merged = new Map(stored.map((message) => [message.id, message]));
  for (const message of held) {
    const row = merged.get(message.id);
    if (!row || message.id === runningId || isAhead(message, row)) merged.set(message.id, message);
  }
  return [...merged.values()].sort((a, b) => a.position - b.position);
}

function isAhead(held: StoredMessage, stored: StoredMessage): boolean {
  return (
    held.role === 'assistant' &&
    stored.role === 'assistant' &&
    isRunning(stored.state) &&
    !isRunning(held.state)
  );
}
