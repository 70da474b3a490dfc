/** Makes a BackendError of whatever a server or the network did instead of answering. */
import { BackendError, backendErrorCodes } from '../../core/backend-error';
import type { BackendErrorCode, BackendErrorDetail } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import { explain } from './explain-failure';
import { retryAfterMs } from './retry-after';
import { wordsOfBody } from './server-words';
import type { ServerWords } from './server-words';
import { unreachableHint } from './unreachable-hint';

/** A reply with a status outside 200–299. */
export async function failedResponse(
  response: Response,
  connection: ServerConnection,
): Promise<BackendError> {
  const body = await response.text().catch(() => '');
  const words = wordsOfBody(body);
  const detail = {
    status: response.status,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
  };
  const ownCode = connection.via === 'relay' ? relayCode(words) : undefined;
  if (ownCode) return new BackendError(ownCode, words.said, detail);
  return fromWords(words, response.status, connection, detail);
}

/** An error that arrived inside a stream whose status was 200. */
export function failureInStream(words: ServerWords, connection: ServerConnection): BackendError {
  return fromWords(words, words.status ?? 500, connection, {});
}

/** `fetch` itself failed. A page cannot tell a server that is down from one that refuses the page. */
export function unreachable(connection: ServerConnection, cause: unknown): BackendError {
  const message =
    connection.via === 'relay'
      ? 'The relay, the program that serves this page, does not answer.'
      : `No usable answer from ${connection.label} at ${connection.baseUrl}.`;
  return new BackendError('unreachable', message, { hint: unreachableHint(connection) }, cause);
}

/** A reply with status 200 that is not what the protocol promises, for example a login page. */
export function notTheProtocol(connection: ServerConnection, response: Response, body: string): BackendError {
  const words = wordsOfBody(body);
  const what = words.isHtml ? 'with a web page' : 'with something else than expected';
  const place = connection.via === 'relay' ? 'through the relay' : `at ${connection.baseUrl}`;
  return new BackendError('malformed-stream', `${connection.label} ${place} answered ${what}.`, {
    status: response.status,
    said: words.said || 'Nothing',
    hint: 'Check the port and the path: another program may be listening there, or a login page is in between.',
  });
}

function fromWords(
  words: ServerWords,
  status: number,
  connection: ServerConnection,
  detail: BackendErrorDetail,
): BackendError {
  const { code, message, hint } = explain({ status, words, connection });
  const said = words.said || undefined;
  return new BackendError(code, message, { ...detail, said, hint });
}

/** The relay's own failures carry one of our codes; an upstream's body passes through it unchanged. */
function relayCode(words: ServerWords): BackendErrorCode | undefined {
  return backendErrorCodes.find((code) => code === words.code);
}
