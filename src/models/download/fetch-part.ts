/** One request for the rest of a file, and every way in which the answer may not be that. */
import { BackendError } from '../../core/backend-error';
import type { ModelFile } from '../../core/local-model';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Leaving it early ends the request. */
  readonly body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** A request by any means. @throws TypeError where no connection came about, or the signal's reason */
export type Get = (url: string, headers: Record<string, string>, signal: AbortSignal) => Promise<Reply>;

export interface FetchedPart {
  /** Where in the file its first byte belongs. */
  readonly from: number;
  readonly body: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Names this version of the file; absent where the server tells none or hides it from other origins. */
  readonly etag: string | undefined;
}

/** The network or the server failed in a way that may pass. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  constructor(
    message: string,
    /** Milliseconds that the server asks us to wait. */
    readonly retryAfterMs?: number,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/**
 * @param offset bytes that are here already
 * @throws Interruption, or BackendError where this address will not do
 */
export async function fetchPart(
  url: string,
  file: ModelFile,
  offset: number,
  get: Get,
  signal: AbortSignal,
): Promise<FetchedPart> {
  const response = await request(url, offset, get, signal);
  const problem = wrongAnswer(response, file);
  if (problem) {
    await leave(response.body);
    throw problem;
  }
  const from = response.status === 206 ? offset : 0;
  const whole = wholeSize(response, from);
  if (whole !== undefined && whole !== file.bytes) {
    await leave(response.body);
    throw new BackendError('load-failed', `${file.path} is not the file it should be.`, {
      said: `It has ${whole} bytes instead of ${file.bytes}.`,
    });
  }
  return { from, body: response.body, etag: response.headers.get('etag') ?? undefined };
}

async function request(url: string, offset: number, get: Get, signal: AbortSignal): Promise<Reply> {
  try {
    // Also from the beginning: a browser asks for ranges without compression, so that lengths are those of the file.
    return await get(url, { Range: `bytes=${offset}-` }, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    throw new Interruption('The server does not answer.', undefined, thrown);
  }
}

/** Ends a request whose body nobody wants. */
export async function leave(body: FetchedPart['body']): Promise<void> {
  await body[Symbol.asyncIterator]().return?.();
}

function wrongAnswer(response: Reply, { path }: ModelFile): Error | undefined {
  const { status, headers } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new Interruption(`The server answered with status ${status}.`, seconds * 1000 || undefined);
  }
  // The server's file is shorter than what is here: begin anew.
  if (status === 416) return new BackendError('load-failed', `${path} is not the file it was.`, { status });
  if (status === 401 || status === 403) {
    return new BackendError('unauthorized', `The server does not give out ${path}.`, {
      status,
      hint: 'The makers may ask for their licence to be accepted on the hub. Choose another build, or put the files into models/.',
    });
  }
  if (status < 200 || status > 299)
    return new BackendError('model-not-found', `${path} is not on this server.`, { status });
  const isPage = headers.get('content-type')?.includes('text/html') && !path.endsWith('.html');
  if (isPage) return new BackendError('load-failed', `A web page came instead of ${path}.`, { status });
  return undefined;
}

/** Size of the whole file as the server tells it; absent where it does not, or where the body is compressed. */
function wholeSize({ headers, status }: Reply, from: number): number | undefined {
  const range = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  if (range !== undefined) return Number(range);
  const length = headers.get('content-length');
  if (length === null || headers.get('content-encoding') || isCompressible(headers)) return undefined;
  return Number(length) + (status === 206 ? from : 0);
}

/** Other origins hide that they compressed a text, and then the length is not that of the file. */
function isCompressible(headers: Headers): boolean {
  return /json|text|javascript/.test(headers.get('content-type') ?? '');
}
