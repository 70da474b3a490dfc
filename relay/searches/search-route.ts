/** The route `/api/searches/<id>`: asks the one address that the configuration has under this name, and no other. */
import type { Context } from 'hono';
import { request } from 'undici';
import type { Caller } from '../access/caller';
import type { RelayEnvironment } from '../access/caller-headers';
import { collectUpTo, limitedBody, tooLarge } from '../replies/limited-body';
import { errorResponse, type RelayError } from '../replies/relay-error';
import type { RelaySettings, SearchSettings } from '../settings/settings';
import { describeFailure } from '../upstreams/describe-failure';

/** Bytes of an answer, as many as the page reads. */
const largestAnswer = 8 * 1024 * 1024;
/** Milliseconds to its end. */
const longestWait = 30_000;

type Route = (c: Context<RelayEnvironment>, caller: Caller | undefined) => Promise<Response>;

export function createSearchRoute({
  searches,
  bodyLimitBytes,
}: Pick<RelaySettings, 'searches' | 'bodyLimitBytes'>): Route {
  const byId = new Map(searches.map((search) => [search.id, search]));
  return async (c, caller) => {
    const search = byId.get(c.req.param('id') ?? '');
    if (!search) return errorResponse(unknownSearch, []);
    const limited = caller?.admit(c.env.outgoing);
    if (limited) return errorResponse(limited, []);
    const body = c.req.method === 'POST' ? await limitedBody(c.req.raw, bodyLimitBytes) : undefined;
    if (body === 'too-large') return errorResponse(tooLarge(bodyLimitBytes), []);
    try {
      return await ask(search, new URL(c.req.url).searchParams, body, c.req.raw.signal);
    } catch (thrown) {
      const isSlow = thrown instanceof Error && thrown.name === 'TimeoutError';
      return errorResponse(isSlow ? tooSlow(search) : describeFailure(thrown, search.label), []);
    }
  };
}

/** A redirect is not followed: it could lead to an address that nobody named. */
async function ask(
  { url, label, authorization }: SearchSettings,
  parameters: URLSearchParams,
  content: Buffer | undefined,
  gone: AbortSignal,
): Promise<Response> {
  const whole = new URL(url);
  for (const [name, value] of parameters) whole.searchParams.set(name, value);
  const { statusCode, body } = await request(whole, {
    method: content ? 'POST' : 'GET',
    headers: {
      accept: 'application/json',
      'user-agent': 'Switchyard',
      ...(content && { 'content-type': 'application/json' }),
      ...(authorization !== undefined && { authorization }),
    },
    body: content ?? null,
    signal: AbortSignal.any([gone, AbortSignal.timeout(longestWait)]),
  });
  const answer = await collectUpTo(body as AsyncIterable<Uint8Array>, largestAnswer);
  if (!answer) return errorResponse(tooLong(label), []);
  return new Response(answer, {
    // A status that says “without a body”, or that a browser would act on, is no answer to a search.
    status: statusCode >= 200 && statusCode < 300 ? 200 : Math.max(400, statusCode),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

const unknownSearch: RelayError = {
  status: 404,
  code: 'bad-request',
  message: 'The relay knows no search by this name. GET /api/config lists those that it knows.',
};
function tooSlow({ label }: SearchSettings): RelayError {
  const message = `${label} did not answer within ${longestWait / 1000} seconds.`;
  return { status: 504, code: 'timeout', message };
}

function tooLong(label: string): RelayError {
  const message = `The answer of ${label} is larger than ${largestAnswer / 1024 / 1024} MB, and was not passed on.`;
  return { status: 502, code: 'server-failed', message };
}
