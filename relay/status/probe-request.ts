/** One short question to an upstream, answered with JSON of the expected shape or with the reason why not. */
import * as v from 'valibot';
import type { PlainBackendError } from '../../src/core/backend-error';
import type { UpstreamState } from '../contract';
import { describeFailure, failureCode } from '../upstreams/describe-failure';
import { speaksTls } from './speaks-tls';
import type { Upstream } from '../upstreams/upstream';

/** A list of models is far smaller. */
const maxBytes = 8 * 1024 * 1024;

export interface Problem {
  readonly state: Exclude<UpstreamState, 'ready'>;
  readonly error: PlainBackendError;
}
export type ProbeAnswer<Value> = { readonly value: Value } | Problem;

type Schema<Value> = v.GenericSchema<unknown, Value>;

interface Reply {
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Never rejects. */
export async function askUpstream<Value>(
  upstream: Upstream,
  path: string,
  schema: Schema<Value>,
  signal: AbortSignal,
): Promise<ProbeAnswer<Value>> {
  const { label } = upstream.summary;
  try {
    return judge(upstream, await get(upstream, path, signal), schema);
  } catch (thrown) {
    if (signal.aborted) return tooSlow(label);
    return (await speaksTlsInstead(upstream, thrown, signal)) ?? failed(label, thrown);
  }
}

async function get(upstream: Upstream, path: string, signal: AbortSignal): Promise<Reply> {
  const { statusCode, headers, body } = await upstream.pool.request({
    method: 'GET',
    path: upstream.pathPrefix + path,
    headers: [...upstream.ownHeaders, 'accept', 'application/json'],
    reset: upstream.isSerial,
    signal,
  });
  let text = '';
  body.setEncoding('utf8');
  for await (const chunk of body as AsyncIterable<string>) {
    text += chunk;
    if (text.length > maxBytes) throw new Error('The answer is too long.');
  }
  return { path, status: statusCode, contentType: String(headers['content-type'] ?? ''), text };
}

function judge<Value>(upstream: Upstream, reply: Reply, schema: Schema<Value>): ProbeAnswer<Value> {
  const { label } = upstream.summary;
  const hasKey = upstream.settings.authorization !== undefined;
  const { path, status, text } = reply;
  const said = (text.trim().split('\n', 1)[0] ?? '').slice(0, 200);
  const detail = said === '' ? { status } : { status, said };
  if (status === 401 || status === 403) {
    const message = hasKey
      ? `${label} refused the key (status ${status}). Check its API key in the relay's environment.`
      : `${label} wants a key (status ${status}), and the relay's environment has none for it.`;
    return { state: 'unauthorized', error: { code: 'unauthorized', message, detail } };
  }
  if (status === 429 || status >= 500) {
    const message = `${label} answers, but is not ready (status ${status}). It may still be loading its model.`;
    return { state: 'unreachable', error: { code: 'server-failed', message, detail } };
  }
  const parsed = v.safeParse(schema, parseJson(text));
  if (status === 200 && parsed.success) return { value: parsed.output };
  const message = `${label} answered ${path} with ${describe(reply)}. Check that its base URL names the right server and path.`;
  return { state: 'misconfigured', error: { code: 'bad-request', message, detail } };
}

function describe({ status, contentType, text }: Reply): string {
  if (status >= 300 && status < 400) return `a redirect (status ${status})`;
  if (contentType.includes('html') || /^\s*<(!doctype|html)/i.test(text))
    return `a web page (status ${status})`;
  if (status !== 200) return `status ${status}`;
  if (parseJson(text) === undefined)
    return `something that is not JSON (${contentType || 'no content type'})`;
  return 'JSON of another kind than expected';
}

function failed(label: string, thrown: unknown): Problem {
  const { code, message } = describeFailure(thrown, label);
  // A port that answers with something other than HTTP is the wrong port.
  const state = code === 'server-failed' ? 'misconfigured' : 'unreachable';
  return { state, error: { code, message, detail: { said: failureCode(thrown) } } };
}

/** A server with TLS closes a connection on which it hears plain http, or says so in TLS. */
async function speaksTlsInstead(
  { settings, summary: { label } }: Upstream,
  thrown: unknown,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  const isClosed = /^(UND_ERR_SOCKET|ECONNRESET|EPIPE|HPE_.*)$/.test(failureCode(thrown));
  const isPlain = settings.baseUrl.startsWith('http:');
  if (!isClosed || !isPlain || !(await speaksTls(settings.baseUrl, signal))) return undefined;
  const message = `${label} speaks TLS there, so its base URL must begin with https.`;
  return { state: 'misconfigured', error: { code: 'bad-request', message, detail: { said: 'SPEAKS_TLS' } } };
}

function tooSlow(label: string): Problem {
  const message = `${label} did not answer in time. It may be busy or stuck.`;
  return { state: 'unreachable', error: { code: 'timeout', message, detail: {} } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
