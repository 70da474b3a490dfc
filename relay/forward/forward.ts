/** The route `/relay/<upstream id>/<path>`: checks the request, then hands it to an Exchange. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Access, noToken } from '../access/access';
import type { Answers } from '../answers/answers';
import { laneAskOf } from '../answers/lane-ask';
import { isAllowedRequest, isModelChange } from './allowed-paths';
import { relayPaths } from '../contract';
import { acceptDetached } from './accept-detached';
import { BeginInTurns } from './begin-in-turns';
import { ChunkedReply } from './chunked-reply';
import { Exchange } from './exchange';
import { limitTotalTime } from './limit-total-time';
import type { RunningRequests } from '../listen/running-requests';
import type { Observer } from '../observe/observer';
import { requestHeaders, uncodedRequestNames } from './forwarded-headers';
import { readBody } from './read-body';
import { SseKeepalive } from './sse-keepalive';
import { writePreflight } from '../replies/preflight';
import { tooLarge } from '../replies/limited-body';
import { type RelayError, writeError } from '../replies/relay-error';
import type { ReplySink } from '../replies/reply-sink';
import type { RelaySettings } from '../settings/settings';
import type { Upstream, Upstreams } from '../upstreams/upstream';

const prefix = `${relayPaths.forward}/`;
const hasBody: ReadonlySet<string> = new Set(['POST', 'DELETE']);

interface Target {
  readonly upstream: Upstream;
  /** With query. */
  readonly path: string;
  /** Without. */
  readonly pathname: string;
}

type ForwardSettings = Pick<
  RelaySettings,
  'bodyLimitBytes' | 'totalTimeoutMs' | 'allowsModelChanges' | 'sseKeepaliveMs' | 'hasLanes'
>;

/**
 * All checks stand in this one function, and it is asked before Hono: making a web request and a web
 * response costs as much as all checks together, and nothing here needs them.
 *
 * @returns false when the address is none of its own, and nothing was done
 */
export function createForward(
  settings: ForwardSettings,
  access: Access,
  upstreams: Upstreams,
  observer: Observer,
  answers: Answers,
  running: RunningRequests,
): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const { bodyLimitBytes, totalTimeoutMs, allowsModelChanges, sseKeepaliveMs, hasLanes } = settings;
  const bodyTooLarge: RelayError = { ...tooLarge(bodyLimitBytes), closes: true };

  const turns = new BeginInTurns();

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse, url: string): void => {
    const { headers, method = 'GET' } = incoming;
    const cors = access.corsHeaders(headers);
    const refuse = (error: RelayError): void => {
      observer.refused(error);
      writeError(outgoing, error, cors);
    };

    const foreign = access.refusal(headers, true);
    if (foreign) return refuse(foreign);
    if (method === 'OPTIONS') return writePreflight(outgoing, cors);
    const caller = access.callerOf(headers, 'token-or-cookie');
    if (!caller) return refuse(noToken);
    const target = findTarget(url, method, upstreams, allowsModelChanges);
    if ('status' in target) return refuse(target);
    const ask = hasLanes ? laneAskOf(headers, method) : undefined;
    if (ask && 'status' in ask) return refuse(ask);
    const kept = ask && answers.begin({ ...ask, owner: caller.name });
    if (kept && 'status' in kept) return refuse(kept);
    const sink = kept ?? replyTo(outgoing, sseKeepaliveMs);
    // It goes on when the request that began it is answered.
    if (kept) running.add(kept);
    const limited = caller.admit(sink);
    if (limited) {
      kept?.stop();
      return refuse(limited);
    }
    const watched = { method, path: target.pathname, caller: caller.name };
    const watch = observer.watch(target.upstream.settings.id, sink, watched);
    const exchange = new Exchange(target.upstream, sink, kept ? [] : cors, watch);
    if (totalTimeoutMs > 0) limitTotalTime(exchange, sink, totalTimeoutMs);
    const request = {
      method,
      path: target.path,
      headers: requestHeaders(incoming, target.upstream.ownHeaders, kept && uncodedRequestNames),
    };
    const accept = kept && acceptDetached(kept, outgoing, cors);
    if (!hasBody.has(method)) return turns.begin(() => exchange.send({ ...request, body: null }));
    readBody(incoming, bodyLimitBytes, (body) => {
      if (body === 'too-large') {
        exchange.fail(bodyTooLarge);
        if (kept) writeError(outgoing, bodyTooLarge, cors);
        return;
      }
      accept?.();
      turns.begin(() => exchange.send({ ...request, body }));
    });
  };

  return (incoming, outgoing) => {
    const { url } = incoming;
    if (!url?.startsWith(prefix)) return false;
    answer(incoming, outgoing, url);
    return true;
  };
}

function replyTo(outgoing: ServerResponse, sseKeepaliveMs: number): ReplySink {
  const reply = new ChunkedReply(outgoing);
  return sseKeepaliveMs > 0 ? new SseKeepalive(reply, sseKeepaliveMs) : reply;
}

/** Works on the address as it came over the wire: what is compared is what would be sent on. */
function findTarget(
  url: string,
  method: string,
  upstreams: Upstreams,
  allowsModelChanges: boolean,
): Target | RelayError {
  const idEnd = url.indexOf('/', prefix.length);
  if (idEnd < 0) return unknownUpstream;
  const upstream = upstreams.get(url.slice(prefix.length, idEnd));
  if (!upstream) return unknownUpstream;
  const queryStart = url.indexOf('?', idEnd);
  const pathname = queryStart < 0 ? url.slice(idEnd) : url.slice(idEnd, queryStart);
  const isChange = isModelChange(upstream.kind, method, pathname);
  if (isChange && !allowsModelChanges) return noModelChanges;
  if (!isChange && !isAllowedRequest(upstream.kind, method, pathname)) return notPassedOn;
  return { upstream, path: queryStart < 0 ? pathname : url.slice(idEnd), pathname };
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
const noModelChanges: RelayError = {
  status: 403,
  code: 'bad-request',
  message:
    'This relay does not let models be changed on its servers. RELAY_ALLOW_MODEL_CHANGES=on in its environment allows it.',
};
