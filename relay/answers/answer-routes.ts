/** The routes `/api/answers`: a page opens its channel, goes on with an answer, or stops it. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Access } from '../access/access';
import { callerHeaders, type RelayEnvironment } from '../access/caller-headers';
import { laneHeaders } from '../contract';
import { errorResponse, type RelayError } from '../replies/relay-error';
import { dataHeaders, type HeaderPair } from '../replies/security-headers';
import type { Answers, Had } from './answers';
import { badIds, isId } from './lane-ask';

type RelayContext = Context<RelayEnvironment>;

const channelHeaders: readonly HeaderPair[] = [
  ...dataHeaders,
  ['content-type', 'application/octet-stream'],
  ['cache-control', 'no-store, no-transform'],
  ['x-accel-buffering', 'no'],
];

/** Access has been checked before. */
export function createAnswerRoutes(access: Access, answers: Answers) {
  return {
    open(c: RelayContext, owner: string): Response {
      const channelId = c.req.header(laneHeaders.channel);
      const have = readHave(c.req.header(laneHeaders.have));
      if (!isId(channelId) || !have) return errorResponse(badOpening, []);
      const { outgoing } = c.env ?? {};
      if (!outgoing) throw new Error('A channel needs a Node server.');
      const cors = access.corsHeaders(callerHeaders(c));
      const keep: HeaderPair = [laneHeaders.keepMs, String(answers.keepMs)];
      outgoing.writeHead(200, [...channelHeaders, ...cors, keep].flat());
      answers.open(owner, channelId, have, outgoing);
      return RESPONSE_ALREADY_SENT;
    },

    change(c: RelayContext, owner: string): Response {
      const answerId = c.req.param('id');
      if (!isId(answerId)) return errorResponse(badIds, []);
      if (c.req.method === 'DELETE') {
        answers.stop(owner, answerId);
        return new Response(null, { status: 204 });
      }
      const channelId = c.req.header(laneHeaders.channel);
      if (!isId(channelId)) return errorResponse(badIds, []);
      const refusal = answers.resume({ owner, answerId, channelId });
      if (refusal) return errorResponse(refusal, []);
      return new Response(null, { status: 202, headers: { [laneHeaders.answer]: answerId } });
    },
  };
}

/** `undefined` when it is not as the contract says. */
function readHave(header = ''): ReadonlyMap<string, Had> | undefined {
  const have = new Map<string, Had>();
  for (const one of header.split(',').filter(Boolean)) {
    const [, id, sign, from] = /^([0-9a-f]{32})([@~])(\d{1,15})$/.exec(one) ?? [];
    if (id === undefined) return undefined;
    have.set(id, { from: Number(from), isKnown: sign === '@' });
  }
  return have;
}

const badOpening: RelayError = {
  status: 400,
  code: 'bad-request',
  message: `A channel needs ${laneHeaders.channel}, 32 hex digits, and may have ${laneHeaders.have}, ID@BYTES or ID~BYTES separated by commas.`,
};
