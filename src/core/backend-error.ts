/** The one error of the product: a closed code, a sentence for people, and data that survives `postMessage`. */
import type { ParamEffect } from './param-effect';

export const backendErrorCodes = [
  'unreachable',
  'timeout',
  'unauthorized',
  'rate-limited',
  'model-not-found',
  'bad-request',
  'context-overflow',
  'server-failed',
  'malformed-stream',
  'unsupported-environment',
  'out-of-memory',
  'storage-full',
  'load-failed',
  'unreadable-document',
  'internal',
] as const;

export type BackendErrorCode = (typeof backendErrorCodes)[number];

export interface BackendErrorDetail {
  /** HTTP status, where there was a reply. */
  readonly status?: number;
  /** How long the server asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the server or the engine itself said, shortened, as plain text. */
  readonly said?: string;
  /** A step that only the place of failure can know, for example a command to type. */
  readonly hint?: string;
  /** What became of the settings, where the request was turned down for one of them. */
  readonly effects?: readonly ParamEffect[];
  /** The model's files are to blame, so they are checked again before the next use. */
  readonly isFileDamaged?: boolean;
}

export interface PlainBackendError {
  readonly code: BackendErrorCode;
  readonly message: string;
  readonly detail: BackendErrorDetail;
}

export class BackendError extends Error {
  override readonly name = 'BackendError';

  constructor(
    readonly code: BackendErrorCode,
    message: string,
    readonly detail: BackendErrorDetail = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }

  /** Data only, for `postMessage`, storage and the relay's JSON. The cause stays behind. */
  toPlain(): PlainBackendError {
    return { code: this.code, message: this.message, detail: { ...this.detail } };
  }

  static fromPlain(plain: PlainBackendError): BackendError {
    return new BackendError(plain.code, plain.message, plain.detail);
  }

  /** Anything that was thrown, as a BackendError; what is not one already becomes `internal`. */
  static from(thrown: unknown): BackendError {
    if (thrown instanceof BackendError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new BackendError('internal', message || 'Something failed without saying why.', {}, thrown);
  }
}
