/** What passes between the page and the worker that hashes files. */

export type HashAlgorithm = 'sha256' | 'crc32';

export interface HashRequest {
  readonly id: number;
  readonly content: Blob;
  readonly algorithm: HashAlgorithm;
}

export interface HashReply {
  readonly id: number;
  /** Lower-case hex; absent where the file could not be read. */
  readonly digest?: string;
  /** What the browser said then. */
  readonly said?: string;
}
