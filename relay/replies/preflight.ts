/** The answer to OPTIONS, before any token is asked for: a browser sends none with a preflight. */
import type { ServerResponse } from 'node:http';
import type { HeaderPair } from './security-headers';

const preflightHeaders: readonly HeaderPair[] = [
  ['access-control-allow-methods', 'GET, HEAD, POST, DELETE'],
  ['access-control-allow-headers', 'Accept, Authorization, Content-Type, Range, X-Request-Id, X-Session-Id'],
  ['access-control-max-age', '7200'],
];

export function preflightResponse(cors: readonly HeaderPair[]): Response {
  const headers = [...cors, ...preflightHeaders].map(([name, value]): [string, string] => [name, value]);
  return new Response(null, { status: 204, headers });
}

export function writePreflight(outgoing: ServerResponse, cors: readonly HeaderPair[]): void {
  outgoing.writeHead(204, [...cors, ...preflightHeaders].flat());
  outgoing.end();
}
