/** A failure of the relay itself, on its ways out: as a web Response, into an open reply, or as bare bytes. */
import { STATUS_CODES } from 'node:http';
import type { BackendErrorCode } from '../../src/core/backend-error';
import type { RelayErrorBody } from '../contract';
import type { ReplySink } from './reply-sink';
import { dataHeaders, type HeaderPair } from './security-headers';

export interface RelayError {
  readonly status: number;
  readonly code: BackendErrorCode;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  /** The rest of the request was not read, so the connection cannot be used again. */
  readonly closes?: true;
}

export function errorResponse(error: RelayError, cors: readonly HeaderPair[]): Response {
  return new Response(bodyOf(error), { status: error.status, headers: headersOf(error, cors) });
}

/** Ends the response. After the first byte it can only break it off, which the reader sees as a cut. */
export function writeError(outgoing: ReplySink, error: RelayError, cors: readonly HeaderPair[]): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const body = bodyOf(error);
  const head = [...headersOf(error, cors), ['content-length', String(Buffer.byteLength(body))]];
  outgoing.writeHead(error.status, head.flat());
  outgoing.end(body);
}

/** The whole answer as bytes on the wire, for a connection that has no request to answer. */
export function rawReply(error: RelayError): string {
  const body = bodyOf(error);
  const head = [...headersOf(error, []), ['content-length', String(Buffer.byteLength(body))]];
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}\r\n${lines}\r\n${body}`;
}

function bodyOf({ code, message }: RelayError): string {
  const body: RelayErrorBody = { error: { code, message } };
  return JSON.stringify(body);
}

function headersOf(
  { retryAfterSeconds, closes }: RelayError,
  cors: readonly HeaderPair[],
): [name: string, value: string][] {
  const headers: HeaderPair[] = [
    ...dataHeaders,
    ...cors,
    ['content-type', 'application/json'],
    ['cache-control', 'no-store'],
  ];
  if (retryAfterSeconds !== undefined) headers.push(['retry-after', String(retryAfterSeconds)]);
  if (closes) headers.push(['connection', 'close']);
  return headers.map(([name, value]) => [name, value]);
}
