/** What Node itself refuses before there is a request: answered with our JSON where HTTP still allows an answer. */
import type { Duplex } from 'node:stream';
import type { RelayLimits } from '../settings/settings';
import { rawReply, type RelayError } from '../replies/relay-error';

/** Long enough for the answer to arrive; then a caller that keeps sending is cut off. */
const lingerMs = 1000;

export function answerClientErrors(
  limits: Pick<RelayLimits, 'headerLimitBytes'>,
): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  return (error, socket) => {
    // An idle connection that a browser opened ahead, one that is gone, or an answer that has begun.
    const isQuiet = 'bytesRead' in socket && socket.bytesRead === 0;
    if (!socket.writable || isQuiet || error.code === 'ECONNRESET' || hasBegun(socket)) {
      socket.destroy();
      return;
    }
    socket.end(rawReply(describe(error.code, limits)));
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

/** Node keeps the running response at the socket, and looks at it for the same reason. */
function hasBegun(socket: Duplex): boolean {
  const response = '_httpMessage' in socket ? socket._httpMessage : undefined;
  if (typeof response !== 'object' || response === null) return false;
  return 'headersSent' in response && response.headersSent === true;
}

function describe(
  code: string | undefined,
  { headerLimitBytes }: Pick<RelayLimits, 'headerLimitBytes'>,
): RelayError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = `The headers of the request are larger than the ${headerLimitBytes} bytes that RELAY_HEADER_LIMIT_BYTES allows.`;
    return { status: 431, code: 'bad-request', message, closes: true };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const message =
      'The request came too slowly: RELAY_HEADERS_TIMEOUT_MS and RELAY_REQUEST_TIMEOUT_MS say how long it may take.';
    return { status: 408, code: 'timeout', message, closes: true };
  }
  return { status: 400, code: 'bad-request', message: 'This is no proper HTTP request.', closes: true };
}
