/** Where an upstream's bytes go: Node's response, or an answer that the relay keeps. The part of ServerResponse that is used. */
export interface ReplySink {
  readonly headersSent: boolean;
  /** Counts once the head is sent. */
  readonly statusCode: number;
  readonly writableEnded: boolean;
  /** All of it has been taken. */
  readonly writableFinished: boolean;
  /** It is over: whole, broken off, or because the reader does not want the rest. */
  on(event: 'close', listener: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
  /** Name, value, name, value, … */
  writeHead(status: number, headers: string[]): unknown;
  flushHeaders(): void;
  /** False when the writer is to wait for `drain`. */
  write(chunk: Buffer): boolean;
  end(text?: string): unknown;
  /** Breaks it off. */
  destroy(): unknown;
}
