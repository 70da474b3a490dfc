/** The few headers that tell who calls, read from Node's request: c.req.header() would build a Headers object. */
import type { IncomingHttpHeaders } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

export type CallerHeaders = Pick<
  IncomingHttpHeaders,
  'host' | 'origin' | 'authorization' | 'cookie' | 'sec-fetch-site' | 'sec-fetch-mode'
>;

export type RelayEnvironment = { Bindings: HttpBindings };

export function callerHeaders(c: Context<RelayEnvironment>): CallerHeaders {
  return c.env.incoming.headers;
}
