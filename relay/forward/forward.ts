/** The route `/relay/<upstream id>/<path>`: checks the request, then hands it to an Exchange. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { type Access, noToken, preflightHeaders } from '../access/access';
import { isAllowedRequest } from './allowed-paths';
import { callerHeaders, type RelayEnvironment } from '../access/caller-headers';
import { relayPaths } from '../contract';
import { Exchange } from './exchange';
import { limitTotalTime } from './limit-total-time';
import type { Observer } from '../observe/observer';
import { requestHeaders } from './forwarded-headers';
import { readBody } from './read-body';
import { errorResponse, type RelayError } from '../replies/relay-error';
import type { RelaySettings } from '../settings/settings';
import type { Upstream, Upstreams } from '../upstreams/upstream';

const prefix = `${relayPaths.forward}/`;
const hasBody: ReadonlySet<string> = new Set(['POST']);

interface Target {
  readonly upstream: Upstream;
  /** With query. */
  readonly path: string;
  /** Without. */
  readonly pathname: string;
}

/**
 * All checks stand in this one function and no middleware runs before it: with a single handler Hono
 * answers without composing a chain, which the relay's added latency is measured by.
 */
export function createForward(
  { bodyLimitBytes, totalTimeoutMs }: Pick<RelaySettings, 'bodyLimitBytes' | 'totalTimeoutMs'>,
  access: Access,
  upstreams: Upstreams,
  observer: Observer,
): (c: Context<RelayEnvironment>) => Response {
  const tooLarge: RelayError = {
    status: 413,
    code: 'bad-request',
    message: `The request is larger than the ${bodyLimitBytes} bytes that RELAY_BODY_LIMIT_BYTES allows.`,
    closes: true,
  };

  return (c) => {
    const headers = callerHeaders(c);
    const cors = access.corsHeaders(headers);
    const refuse = (error: RelayError): Response => {
      observer.refused(error);
      return errorResponse(error, cors);
    };

    const foreign = access.refusal(headers, true);
    if (foreign) return refuse(foreign);
    const { method } = c.req;
    if (method === 'OPTIONS') return preflightResponse(cors);
    const caller = access.callerOf(headers, 'token-or-cookie');
    if (!caller) return refuse(noToken);
    const { incoming, outgoing } = c.env ?? {};
    const target = findTarget(incoming?.url ?? pathOf(c.req.url), method, upstreams);
    if ('status' in target) return refuse(target);

    if (!incoming || !outgoing) throw new Error('Forwarding needs a Node server.');
    const limited = caller.admit(outgoing);
    if (limited) return refuse(limited);
    const watched = { method, path: target.pathname, caller: caller.name };
    const watch = observer.watch(target.upstream.settings.id, outgoing, watched);
    const exchange = new Exchange(target.upstream, outgoing, cors, watch);
    if (totalTimeoutMs > 0) limitTotalTime(exchange, outgoing, totalTimeoutMs);
    const request = {
      method,
      path: target.path,
      headers: requestHeaders(incoming, target.upstream.ownHeaders),
    };
    if (!hasBody.has(method)) exchange.send({ ...request, body: null });
    else {
      readBody(incoming, bodyLimitBytes, (body) => {
        if (body === 'too-large') exchange.fail(tooLarge);
        else exchange.send({ ...request, body });
      });
    }
    return RESPONSE_ALREADY_SENT;
  };
}

export function preflightResponse(cors: readonly (readonly [string, string])[]): Response {
  const headers = [...cors, ...preflightHeaders].map(([name, value]): [string, string] => [name, value]);
  return new Response(null, { status: 204, headers });
}

/** Works on the address as it came over the wire: what is compared is what would be sent on. */
function findTarget(url: string, method: string, upstreams: Upstreams): Target | RelayError {
  const idEnd = url.indexOf('/', prefix.length);
  if (!url.startsWith(prefix) || idEnd < 0) return unknownUpstream;
  const upstream = upstreams.get(url.slice(prefix.length, idEnd));
  if (!upstream) return unknownUpstream;
  const queryStart = url.indexOf('?', idEnd);
  const pathname = queryStart < 0 ? url.slice(idEnd) : url.slice(idEnd, queryStart);
  if (!isAllowedRequest(upstream.kind, method, pathname)) return notPassedOn;
  return { upstream, path: queryStart < 0 ? pathname : url.slice(idEnd), pathname };
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const unknownUpstream: RelayError = {
  status: 404,
  code: 'bad-request',
  message: 'The relay knows no server by this name. GET /api/config lists those that it knows.',
};
const notPassedOn: RelayError = {
  status: 403,
  code: 'bad-request',
  message:
    'The relay passes on chats, completions, embeddings and lists of models, and this is none of them.',
};
