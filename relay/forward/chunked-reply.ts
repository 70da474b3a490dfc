/**
 * Node's response, with another way to write a chunk. Node hands each one to the socket in four pieces (its length, a
 * line break, the bytes, a line break); as one piece a frame costs about an eighth less of the processor.
 */
import type { ServerResponse } from 'node:http';
import type { ReplySink } from '../replies/reply-sink';

/** Larger ones are not worth a copy: the pieces then cost little beside the bytes. */
const mostCopied = 16_384;

export class ChunkedReply implements ReplySink {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get headersSent(): boolean {
    return this.#response.headersSent;
  }

  get statusCode(): number {
    return this.#response.statusCode;
  }

  get writableEnded(): boolean {
    return this.#response.writableEnded;
  }

  get writableFinished(): boolean {
    return this.#response.writableFinished;
  }

  on(event: 'close', listener: () => void): void {
    this.#response.on(event, listener);
  }

  /** The response says it for what it wrote, and the socket for what went past it: the listener is called once. */
  once(_event: 'drain', listener: () => void): void {
    const { socket } = this.#response;
    const drained = (): void => {
      this.#response.off('drain', drained);
      socket?.off('drain', drained);
      listener();
    };
    this.#response.on('drain', drained);
    socket?.on('drain', drained);
  }

  writeHead(status: number, headers: string[]): void {
    this.#response.writeHead(status, headers);
  }

  flushHeaders(): void {
    this.#response.flushHeaders();
  }

  write(chunk: Buffer): boolean {
    const { socket, chunkedEncoding, headersSent } = this.#response;
    const isFit = chunkedEncoding && headersSent && chunk.length > 0 && chunk.length <= mostCopied;
    // Without a socket an earlier answer of the same connection is not over, and Node keeps the order.
    return isFit && socket ? socket.write(framed(chunk), 'latin1') : this.#response.write(chunk);
  }

  end(text?: string): void {
    this.#response.end(text);
  }

  destroy(): void {
    this.#response.destroy();
  }
}

/**
 * A chunk of RFC 9112, section 7.1. As a string of bytes: short strings come and go at no cost, while the memory
 * behind buffers is given back late.
 */
function framed(chunk: Buffer): string {
  return `${chunk.length.toString(16)}\r\n${chunk.toString('latin1')}\r\n`;
}
