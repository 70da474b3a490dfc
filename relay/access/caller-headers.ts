/** The few headers that tell who calls, read from Node's request, or from a web Request where there is no socket. */
import type { IncomingHttpHeaders } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

export type CallerHeaders = Pick<
  IncomingHttpHeaders,
  'host' | 'origin' | 'authorization' | 'cookie' | 'sec-fetch-site' | 'sec-fetch-mode'
>;

/** Without a socket, as in `app.request()`, there are no bindings. */
export type RelayEnvironment = { Bindings: Partial<HttpBindings> };

export function callerHeaders(c: Context<RelayEnvironment>): CallerHeaders {
  // Node has parsed them already; c.req.header() would build a Headers object for each request.
  if (c.env?.incoming) return c.env.incoming.headers;
  return {
    host: c.req.header('host') ?? new URL(c.req.url).host,
    origin: c.req.header('origin'),
    authorization: c.req.header('authorization'),
    cookie: c.req.header('cookie'),
    'sec-fetch-site': c.req.header('sec-fetch-site'),
    'sec-fetch-mode': c.req.header('sec-fetch-mode'),
  };
}
