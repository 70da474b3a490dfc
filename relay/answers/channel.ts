/** One connection of a page over which all its answers come, cut into frames that take turns. */
import type { ServerResponse } from 'node:http';
import { channelSilenceMs, frameTypes, longestFramePayload } from '../contract';
import type { RelayError } from '../replies/relay-error';
import { encodeFrame, encodeJson } from './encode-frame';
import type { AnswerReader, KeptAnswer } from './kept-answer';

const aliveMs = channelSilenceMs / 2.5;
const noAnswer = '0'.repeat(32);

interface Progress {
  hasHead: boolean;
  /** Position of the next byte to send. */
  at: number;
}

export class Channel implements AnswerReader {
  readonly #outgoing: ServerResponse;
  readonly #onLeft: (answer: KeptAnswer) => void;
  readonly #lanes = new Map<KeptAnswer, Progress>();
  readonly #timer: NodeJS.Timeout;
  #isFull = false;
  #wasFull = false;

  /** @param onLeft called for each answer that was passed on whole, and for each that is left when the page has gone */
  constructor(outgoing: ServerResponse, onLeft: (answer: KeptAnswer) => void, onClose: () => void) {
    this.#outgoing = outgoing;
    this.#onLeft = onLeft;
    this.#timer = setInterval(() => this.#beat(), aliveMs);
    outgoing.on('drain', () => this.#onDrain());
    outgoing.on('close', () => {
      clearInterval(this.#timer);
      for (const answer of this.#lanes.keys()) this.#drop(answer);
      onClose();
    });
    this.#write(encodeFrame(frameTypes.alive, noAnswer));
  }

  /** Passes an answer on from a byte on. */
  add(answer: KeptAnswer, from: number): void {
    const { start, end } = answer.bytes;
    if (from < start || from > end) {
      this.refuse(answer.id, tooOld);
      return;
    }
    answer.attach(this);
    this.#lanes.set(answer, { hasHead: false, at: from });
    this.onNews(answer);
  }

  refuse(id: string, { code, message }: RelayError): void {
    this.#write(encodeFrame(frameTypes.error, id, encodeJson({ error: { code, message } })));
  }

  onNews(answer: KeptAnswer): void {
    while (!this.#isFull && this.#pass(answer));
  }

  leave(answer: KeptAnswer): void {
    this.#lanes.delete(answer);
  }

  close(): void {
    this.#outgoing.destroy();
  }

  /** Sends the next frame of an answer. False when it has nothing more for now. */
  #pass(answer: KeptAnswer): boolean {
    const progress = this.#lanes.get(answer);
    if (!progress || !answer.head) return this.#passEnding(answer, progress);
    if (!progress.hasHead) {
      progress.hasHead = true;
      const head = encodeJson({ ...answer.head, from: progress.at });
      this.#write(encodeFrame(frameTypes.head, answer.id, head));
      return true;
    }
    const bytes = answer.bytes.read(progress.at, longestFramePayload);
    if (bytes.length === 0) return this.#passEnding(answer, progress);
    progress.at += bytes.length;
    this.#write(encodeFrame(frameTypes.data, answer.id, bytes));
    answer.delivered(progress.at);
    return true;
  }

  #passEnding(answer: KeptAnswer, progress: Progress | undefined): false {
    if (!progress || answer.ending === undefined) return false;
    if (answer.ending === 'complete') this.#write(encodeFrame(frameTypes.end, answer.id));
    else this.refuse(answer.id, brokenOff);
    this.#drop(answer);
    return false;
  }

  #drop(answer: KeptAnswer): void {
    this.#lanes.delete(answer);
    answer.detach(this);
    this.#onLeft(answer);
  }

  #write(frame: Buffer): void {
    if (!this.#outgoing.write(frame)) this.#isFull = true;
  }

  #onDrain(): void {
    this.#isFull = false;
    // A frame each in turn, so that one large answer does not hold up the others.
    let isSending = true;
    while (isSending) {
      isSending = false;
      for (const answer of [...this.#lanes.keys()]) {
        if (this.#isFull) return;
        if (this.#pass(answer)) isSending = true;
      }
    }
  }

  /** Proxies and the page learn that the connection lives; a page that has read nothing for long is let go. */
  #beat(): void {
    if (this.#isFull && this.#wasFull) {
      this.close();
      return;
    }
    this.#wasFull = this.#isFull;
    if (!this.#isFull) this.#write(encodeFrame(frameTypes.alive, noAnswer));
  }
}

const tooOld: RelayError = {
  status: 410,
  code: 'malformed-stream',
  message: 'The relay has let go of the part of this answer that the page asks for.',
};
const brokenOff: RelayError = {
  status: 502,
  code: 'malformed-stream',
  message: 'The server broke off the connection in the middle of the answer.',
};
