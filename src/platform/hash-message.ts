/** What passes between the page and the worker that hashes files. */

export interface HashRequest {
  readonly id: number;
  readonly content: Blob;
}

export interface HashReply {
  readonly id: number;
  /** Lower-case hex; absent where the file could not be read. */
  readonly sha256?: string;
  /** What the browser said then. */
  readonly said?: string;
}
