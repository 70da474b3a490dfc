/** The answers that the relay receives for its callers, and the channels over which it passes them on. */
import type { ServerResponse } from 'node:http';
import type { RelayError } from '../replies/relay-error';
import type { RelaySettings } from '../settings/settings';
import { Channel } from './channel';
import { type AnswerRoom, KeptAnswer } from './kept-answer';
import type { LaneAsk } from './lane-ask';

/** More than any page runs at once; beyond it somebody begins answers without reading them. */
const mostAnswers = 256;
/** A page opens its channel while it sends the first request, so the answer may be there before its reader. */
const firstReaderMs = 5000;
/** A stop may overtake the request that it is meant for, by less than this. */
const stopAheadMs = 5000;
/** Left to a running answer when memory is short: what may be on its way to the page. */
const leastKeptBytes = 65_536;

export interface OwnedAsk extends LaneAsk {
  /** Who called; an answer is there for the same caller only. */
  readonly owner: string;
}

/** What a page has of an answer. */
export interface Had {
  /** Bytes received. */
  readonly from: number;
  /** The page has been told that it was begun. */
  readonly isKnown: boolean;
}

interface Entry {
  readonly answer: KeptAnswer;
  channelKey: string;
  wasRead: boolean;
  timer?: NodeJS.Timeout;
}

export class Answers implements AnswerRoom {
  readonly keepMs: number;
  readonly keptBytes: number;
  readonly waitingBytes: number;
  readonly #limitBytes: number;
  #takenBytes = 0;
  readonly #entries = new Map<string, Entry>();
  readonly #channels = new Map<string, Channel>();
  readonly #stoppedAhead = new Set<string>();

  constructor({ keepAnswerMs, keepAnswerBytes }: Pick<RelaySettings, 'keepAnswerMs' | 'keepAnswerBytes'>) {
    this.keepMs = keepAnswerMs;
    this.#limitBytes = keepAnswerBytes;
    this.waitingBytes = keepAnswerBytes / 8;
    this.keptBytes = keepAnswerMs === 0 ? 0 : this.waitingBytes;
  }

  get isFull(): boolean {
    return this.#takenBytes > this.#limitBytes;
  }

  take(bytes: number): void {
    const wasFull = this.isFull;
    this.#takenBytes += bytes;
    if (this.isFull && bytes > 0) this.#makeRoom();
    if (wasFull && !this.isFull) for (const { answer } of this.#entries.values()) answer.goOn();
  }

  /** A new answer, to be filled by the caller of this. */
  begin({ owner, answerId, channelId }: OwnedAsk): KeptAnswer | RelayError {
    const key = keyOf(owner, answerId);
    if (this.#entries.has(key) || this.#stoppedAhead.has(key)) return idIsTaken;
    if (this.#entries.size >= mostAnswers) return tooMany;
    const answer = new KeptAnswer(answerId, this, () => this.#remove(key));
    const entry: Entry = { answer, channelKey: keyOf(owner, channelId), wasRead: false };
    this.#entries.set(key, entry);
    const channel = this.#channels.get(entry.channelKey);
    if (channel) this.#attach(entry, channel, 0);
    else this.#awaitReader(entry);
    return answer;
  }

  /** From now on the answer comes over this channel, from its first byte. */
  resume({ owner, answerId, channelId }: OwnedAsk): RelayError | undefined {
    const key = keyOf(owner, answerId);
    const entry = this.#entries.get(key);
    if (!entry) return notKept;
    if (entry.answer.bytes.start > 0) return notWhole;
    entry.channelKey = keyOf(owner, channelId);
    const channel = this.#channels.get(entry.channelKey);
    // The channel may have been opened with it meanwhile.
    if (channel && entry.answer.reader === channel) return undefined;
    if (channel) this.#attach(entry, channel, 0);
    else this.#awaitReader(entry);
    return undefined;
  }

  /** Closes the upstream at once. */
  stop(owner: string, answerId: string): void {
    const key = keyOf(owner, answerId);
    const entry = this.#entries.get(key);
    if (entry) {
      entry.answer.stop();
      return;
    }
    if (this.#stoppedAhead.size >= mostAnswers) return;
    this.#stoppedAhead.add(key);
    setTimeout(() => this.#stoppedAhead.delete(key), stopAheadMs).unref();
  }

  /** @param have answers to go on with */
  open(owner: string, channelId: string, have: ReadonlyMap<string, Had>, outgoing: ServerResponse): void {
    const channelKey = keyOf(owner, channelId);
    this.#channels.get(channelKey)?.close();
    const channel = new Channel(
      outgoing,
      ({ id }) => this.#left(keyOf(owner, id)),
      () => {
        if (this.#channels.get(channelKey) === channel) this.#channels.delete(channelKey);
      },
    );
    this.#channels.set(channelKey, channel);
    for (const [answerId, { from, isKnown }] of have) {
      const entry = this.#entries.get(keyOf(owner, answerId));
      if (entry) this.#attach(entry, channel, from);
      else if (isKnown) channel.refuse(answerId, notKept);
    }
    // Begun while this connection was being opened.
    for (const entry of this.#entries.values()) {
      if (entry.channelKey === channelKey && !entry.wasRead) this.#attach(entry, channel, 0);
    }
  }

  #attach(entry: Entry, channel: Channel, from: number): void {
    clearTimeout(entry.timer);
    entry.wasRead = true;
    channel.add(entry.answer, from);
  }

  #awaitReader(entry: Entry): void {
    entry.wasRead = false;
    this.#expireAfter(entry, Math.max(this.keepMs, firstReaderMs));
  }

  #left(key: string): void {
    const entry = this.#entries.get(key);
    if (entry && !entry.answer.reader) this.#expireAfter(entry, this.keepMs);
  }

  #expireAfter(entry: Entry, milliseconds: number): void {
    clearTimeout(entry.timer);
    if (milliseconds === 0) entry.answer.stop();
    else entry.timer = setTimeout(() => entry.answer.stop(), milliseconds).unref();
  }

  #remove(key: string): void {
    clearTimeout(this.#entries.get(key)?.timer);
    this.#entries.delete(key);
  }

  /** Oldest first: answers that are over, then what running ones have passed on. */
  #makeRoom(): void {
    for (const { answer } of this.#entries.values()) {
      if (!this.isFull) return;
      if (answer.ending !== undefined && !answer.reader) answer.stop();
    }
    for (const { answer } of this.#entries.values()) {
      if (!this.isFull) return;
      answer.letGo(leastKeptBytes);
    }
  }
}

function keyOf(owner: string, id: string): string {
  return `${owner} ${id}`;
}

const notKept: RelayError = {
  status: 404,
  code: 'malformed-stream',
  message:
    'The relay no longer has this answer: it was started again, or the answer waited too long for its page.',
};
const notWhole: RelayError = {
  status: 410,
  code: 'malformed-stream',
  message: 'The relay no longer has the beginning of this answer: it was longer than the relay keeps.',
};
const idIsTaken: RelayError = {
  status: 409,
  code: 'bad-request',
  message: 'The relay has seen an answer with this id already.',
};
const tooMany: RelayError = {
  status: 503,
  code: 'rate-limited',
  message: 'The relay works on as many answers as it can hold. Try again when some are done.',
  retryAfterSeconds: 5,
};
