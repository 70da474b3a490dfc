/** An answer that the relay receives for itself: head and bytes, kept until a channel has passed them on. */
import { EventEmitter } from 'node:events';
import type { LaneHead } from '../contract';
import type { ReplySink } from '../replies/reply-sink';
import { ByteLog } from './byte-log';

/** Of the headers that a reply has, those that the page reads. */
const headerNames: ReadonlySet<string> = new Set(['content-type', 'retry-after', 'x-request-id']);

/** Whoever passes the answer on. */
export interface AnswerReader {
  /** There is a head, there are bytes, or it has ended. */
  onNews(answer: KeptAnswer): void;
  leave(answer: KeptAnswer): void;
}

/** How much may be held, by one answer and by all. */
export interface AnswerRoom {
  /** Bytes that one answer may hold; 0 holds nothing that was delivered. */
  readonly keptBytes: number;
  /** Bytes that may wait for a slow reader before the upstream has to wait too. */
  readonly waitingBytes: number;
  /** Memory that an answer has taken, or given back when negative, in bytes. */
  take(bytes: number): void;
  readonly isFull: boolean;
}

/** `close` tells that it is over, or that nobody wants the rest. */
export class KeptAnswer extends EventEmitter<{ close: []; drain: [] }> implements ReplySink {
  readonly id: string;
  readonly #room: AnswerRoom;
  readonly #onStop: () => void;
  readonly #log = new ByteLog();
  head: Pick<LaneHead, 'status' | 'headers'> | undefined;
  ending: 'complete' | 'broken' | undefined;
  #reader: AnswerReader | undefined;
  #delivered = 0;
  #taken = 0;
  #isHeldUp = false;

  constructor(id: string, room: AnswerRoom, onStop: () => void) {
    super();
    this.id = id;
    this.#room = room;
    this.#onStop = onStop;
  }

  get headersSent(): boolean {
    return this.head !== undefined;
  }

  get statusCode(): number {
    return this.head?.status ?? 0;
  }

  get writableFinished(): boolean {
    return this.ending === 'complete';
  }

  get writableEnded(): boolean {
    return this.ending !== undefined;
  }

  /** What can be read: from the oldest byte that is kept to the newest. */
  get bytes(): Pick<ByteLog, 'start' | 'end' | 'allocated' | 'read'> {
    return this.#log;
  }

  get reader(): AnswerReader | undefined {
    return this.#reader;
  }

  writeHead(status: number, pairs: string[]): void {
    const headers: Record<string, string> = {};
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const [name = '', value = ''] = pairs.slice(at, at + 2);
      if (headerNames.has(name)) headers[name] = value;
    }
    this.head = { status, headers };
  }

  flushHeaders(): void {
    this.#reader?.onNews(this);
  }

  write(chunk: Buffer): boolean {
    if (this.ending !== undefined) return true;
    this.#log.append(chunk);
    this.#reader?.onNews(this);
    this.#account();
    this.#isHeldUp = this.#mustWait();
    return !this.#isHeldUp;
  }

  end(text?: string): void {
    if (text !== undefined) this.write(Buffer.from(text));
    this.#finish('complete');
  }

  destroy(): void {
    this.#finish('broken');
  }

  /** Nobody wants it any more: closes the upstream and forgets the bytes. */
  stop(): void {
    this.#reader?.leave(this);
    this.#reader = undefined;
    if (this.ending === undefined) this.emit('close');
    this.ending ??= 'broken';
    this.#log.dropBefore(this.#log.end);
    this.#account();
    this.#onStop();
  }

  /** An earlier reader is left. */
  attach(reader: AnswerReader): void {
    this.#reader?.leave(this);
    this.#reader = reader;
  }

  detach(reader: AnswerReader): void {
    if (this.#reader === reader) this.#reader = undefined;
  }

  /** The reader has passed on everything before this position. */
  delivered(position: number): void {
    this.#delivered = Math.max(this.#delivered, position);
    this.letGo(this.#room.keptBytes);
    this.goOn();
  }

  /** Forgets the oldest bytes, as far as they were delivered, until at most `limit` are left. */
  letGo(limit: number): void {
    if (this.#log.end - this.#log.start <= limit) return;
    this.#log.dropBefore(Math.min(this.#delivered, this.#log.end - limit));
    this.#account();
  }

  /** Lets the upstream go on if it was made to wait and there is room again. */
  goOn(): void {
    if (!this.#isHeldUp || this.#mustWait()) return;
    this.#isHeldUp = false;
    this.emit('drain');
  }

  #account(): void {
    const change = this.#log.allocated - this.#taken;
    this.#taken += change;
    if (change !== 0) this.#room.take(change);
  }

  #mustWait(): boolean {
    const waiting = this.#log.end - this.#delivered;
    return waiting > this.#room.waitingBytes || (waiting > 0 && this.#room.isFull);
  }

  #finish(ending: 'complete' | 'broken'): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.emit('close');
    this.#reader?.onNews(this);
  }
}
