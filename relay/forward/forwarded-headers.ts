/** Which headers cross the relay. Lists of what may pass, so that nothing new slips through either way. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { dataHeaders, type HeaderPair } from '../replies/security-headers';

/** Never cookies, Origin, Referer, the caller's Authorization or a hop-by-hop header. */
const requestNames = [
  'accept',
  'accept-encoding',
  'content-type',
  'content-encoding',
  'x-request-id',
  // Routers before several servers keep a conversation on the one that has its prefix in memory.
  'x-session-id',
] as const;

/** What comes in the frames of a channel is not decoded by a browser. */
export const uncodedRequestNames = requestNames.filter((name) => name !== 'accept-encoding');

/** Never Set-Cookie, CORS, redirects, or anything that changes how a browser treats our origin. */
const replyNames: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'retry-after',
  'x-request-id',
  'openai-processing-ms',
]);

/** Chats are private and streams must not be collected on the way. */
const replyHeaders = [
  ...dataHeaders,
  ['cache-control', 'no-store, no-transform'],
  ['x-accel-buffering', 'no'],
].flat();

/**
 * Name, value, name, value, … as undici wants it.
 * @param names those that may pass
 */
export function requestHeaders(
  incoming: IncomingMessage,
  own: readonly string[],
  names: readonly string[] = requestNames,
): string[] {
  const { headers } = incoming;
  const result = [...own];
  const named = namedByConnection(headers.connection);
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && !named?.includes(name)) result.push(name, value);
  }
  return result;
}

/** Name, value, name, value, … as Node's `writeHead` wants it. */
export function forwardedReplyHeaders(headers: IncomingHttpHeaders, cors: readonly HeaderPair[]): string[] {
  const result = replyHeaders.slice();
  for (const [name, value] of cors) result.push(name, value);
  const named = namedByConnection(headers.connection);
  for (const name in headers) {
    if (!replyNames.has(name) && !name.startsWith('x-ratelimit-')) continue;
    const value = headers[name];
    if (typeof value === 'string' && !named?.includes(name)) result.push(name, value);
  }
  return result;
}

/** `Connection: x, y` declares x and y hop-by-hop (RFC 9110 §7.6.1). */
function namedByConnection(connection: string | undefined): string[] | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined;
  return connection.split(',').map((name) => name.trim().toLowerCase());
}
