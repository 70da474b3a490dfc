/** One question to a search elsewhere: the request as its address says, the answer as JSON. */
import { BackendError } from '../../core/backend-error';
import type { SearchAddress } from '../../core/document';
import type { JsonValue } from '../../core/json';
import { writePaths } from '../json-path';
import { readJson } from '../read-json';

/** Milliseconds. An answer waits for it. */
const longestWait = 30_000;

/** @throws BackendError; the signal's reason once it is aborted */
export async function askSearch(
  address: SearchAddress,
  question: string,
  count: number,
  signal: AbortSignal,
): Promise<JsonValue> {
  const { label, via } = address;
  const url = urlOf(address);
  const fields: [string, string | number][] = [[address.questionField, question]];
  if (address.countField) fields.push([address.countField, count]);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestWait)]);
  const headers = { accept: 'application/json' };
  const init: RequestInit = {
    signal: limited,
    headers,
    ...(via === 'direct' && { credentials: 'omit', referrerPolicy: 'no-referrer' }),
  };
  if (address.method === 'GET') {
    for (const [name, value] of fields) url.searchParams.set(name, String(value));
  } else {
    init.method = 'POST';
    init.headers = { ...headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(writePaths(fields));
  }
  try {
    return await readJson(await fetch(url, init), label);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof BackendError) throw thrown;
    if (limited.aborted) {
      throw new BackendError('timeout', `${label} did not answer within ${longestWait / 1000} seconds.`);
    }
    throw unreachable(address, thrown);
  }
}

function urlOf({ url, via, label }: SearchAddress): URL {
  const whole = URL.parse(url, via === 'relay' ? globalThis.location?.href : undefined);
  if (whole?.protocol === 'https:' || whole?.protocol === 'http:') return whole;
  throw new BackendError('bad-request', `The address of ${label} is no http or https address.`, {
    hint: 'Change it on the Documents screen.',
  });
}

function unreachable({ via, label }: SearchAddress, cause: unknown): BackendError {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (via === 'relay') {
    return new BackendError('unreachable', 'The relay does not answer.', { said }, cause);
  }
  const message = `${label} does not answer, or does not let this page read its answers.`;
  const hint =
    'Let it allow the origin of this page (CORS), or name it in the relay’s configuration and search through the relay.';
  return new BackendError('unreachable', message, { said, hint }, cause);
}
