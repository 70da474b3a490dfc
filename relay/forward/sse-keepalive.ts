/** A reply that says a word now and then while its stream of events has not begun, so that no proxy takes it for dead. */
import type { ReplySink } from '../replies/reply-sink';

/** A line that begins with a colon is a comment, which every reader of server-sent events leaves out. */
const comment = Buffer.from(':\n\n');

/** Nothing is added after the first byte of the upstream, to another type of answer, or to one that is coded. */
export class SseKeepalive implements ReplySink {
  readonly #outgoing: ReplySink;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(outgoing: ReplySink, everyMs: number) {
    this.#outgoing = outgoing;
    this.#everyMs = everyMs;
    outgoing.on('close', () => this.#stop());
  }

  get headersSent(): boolean {
    return this.#outgoing.headersSent;
  }

  get statusCode(): number {
    return this.#outgoing.statusCode;
  }

  get writableEnded(): boolean {
    return this.#outgoing.writableEnded;
  }

  get writableFinished(): boolean {
    return this.#outgoing.writableFinished;
  }

  on(event: 'close', listener: () => void): void {
    this.#outgoing.on(event, listener);
  }

  once(event: 'drain', listener: () => void): void {
    this.#outgoing.once(event, listener);
  }

  writeHead(status: number, headers: string[]): void {
    this.#outgoing.writeHead(status, headers);
    if (!isPlainEventStream(headers)) return;
    this.#timer = setInterval(() => this.#outgoing.write(comment), this.#everyMs);
  }

  flushHeaders(): void {
    this.#outgoing.flushHeaders();
  }

  write(chunk: Buffer): boolean {
    this.#stop();
    return this.#outgoing.write(chunk);
  }

  end(text?: string): void {
    this.#stop();
    this.#outgoing.end(text);
  }

  destroy(): void {
    this.#stop();
    this.#outgoing.destroy();
  }

  #stop(): void {
    clearInterval(this.#timer);
  }
}

/** @param headers name, value, name, value, … */
function isPlainEventStream(headers: readonly string[]): boolean {
  const valueOf = (name: string): string | undefined => {
    const at = headers.findIndex((one, position) => position % 2 === 0 && one === name);
    return at < 0 ? undefined : headers[at + 1];
  };
  const isEventStream = /^text\/event-stream\b/i.test(valueOf('content-type') ?? '');
  return (
    isEventStream && valueOf('content-length') === undefined && valueOf('content-encoding') === undefined
  );
}
