/** The one place that calls `fetch` for servers: direct or through the relay, every failure a BackendError. */
import * as v from 'valibot';
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import type { RelayAnswer } from '../../core/backend';
import type { JsonObject } from '../../core/json';
import { failedResponse, failureInStream, notTheProtocol, unreachable } from './failed-response';
import type { LaneClient } from './lanes/lane-client';
import { readAllText } from './read-text';
import { wordsOfJson } from './server-words';

/** `whole` where the server ignored the wish for a stream and sent one JSON document. */
export type Answered<Whole> = { readonly stream: ReadableStream<Uint8Array> } | { readonly whole: Whole };

/** All methods throw BackendError, except that an abort rethrows what `fetch` threw. */
export interface ServerHttp {
  getJson<Schema extends AnySchema>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>>;
  postJson<Schema extends AnySchema>(
    path: string,
    body: JsonObject,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>>;
  /** `DELETE` with a body; the reply's body is of no interest. */
  remove(path: string, body: JsonObject, signal: AbortSignal): Promise<void>;
  /**
   * Resolves at the headers of a stream, whose bytes are still to come, or at the end of a document.
   * @param schema of an answer in one document
   * @param answer where the relay is to know it by an id of the caller's
   */
  postForStream<Schema extends AnySchema>(
    path: string,
    body: JsonObject,
    schema: Schema,
    signal: AbortSignal,
    answer?: RelayAnswer,
  ): Promise<Answered<v.InferOutput<Schema>>>;
}

type AnySchema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

/**
 * Nothing is retried here: only a person knows whether a second attempt is wanted.
 * @param lanes for streams through the relay; without it each has a connection of its own
 */
export function createServerHttp(
  connection: ServerConnection,
  callFetch: typeof fetch = (input, init) => fetch(input, init),
  lanes?: LaneClient,
): ServerHttp {
  const baseUrl = connection.baseUrl.replace(/\/+$/, '');
  const authorization: Record<string, string> =
    connection.via === 'direct' && connection.apiKey ? { authorization: `Bearer ${connection.apiKey}` } : {};

  async function send(path: string, init: RequestInit, call = callFetch): Promise<Response> {
    const url = baseUrl + path;
    if (!isHttpUrl(url)) {
      throw new BackendError('bad-request', `“${connection.baseUrl}” is not an http or https address.`, {
        hint: 'Write the whole address, for example http://localhost:8000.',
      });
    }
    let response: Response;
    try {
      response = await call(url, init);
    } catch (thrown) {
      if (init.signal?.aborted || thrown instanceof BackendError) throw thrown;
      throw unreachable(connection, thrown);
    }
    if (response.ok) return response;
    throw await failedResponse(response, connection);
  }

  function get(path: string, signal: AbortSignal): Promise<Response> {
    return send(path, { headers: { accept: 'application/json', ...authorization }, signal });
  }

  function sendJson(
    method: 'POST' | 'DELETE',
    path: string,
    body: JsonObject,
    signal: AbortSignal,
    call = callFetch,
  ): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...authorization };
    return send(path, { method, headers, body: JSON.stringify(body), signal }, call);
  }

  function post(path: string, body: JsonObject, signal: AbortSignal, call = callFetch): Promise<Response> {
    return sendJson('POST', path, body, signal, call);
  }

  async function parse<Schema extends AnySchema>(
    response: Response,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    const text = await bodyText(response, connection, signal);
    const parsed = v.safeParse(schema, parseJson(text));
    if (!parsed.success) throw notTheProtocol(connection, response, text);
    return parsed.output;
  }

  return {
    getJson: async (path, schema, signal) => parse(await get(path, signal), schema, signal),
    postJson: async (path, body, schema, signal) => parse(await post(path, body, signal), schema, signal),
    async remove(path, body, signal) {
      const response = await sendJson('DELETE', path, body, signal);
      await response.body?.cancel();
    },
    async postForStream(path, body, schema, signal, answer) {
      const response = await post(path, body, signal, lanes?.fetchFor(answer));
      const type = response.headers.get('content-type') ?? '';
      if (response.body && !/html|[/+]json\b/i.test(type)) return { stream: response.body };
      // Not every document is an answer: a login page or a proxy's page comes with status 200 too.
      const text = response.body ? await readAllText(response.body, signal) : '';
      const json = parseJson(text);
      const failure = wordsOfJson(json);
      if (failure) throw failureInStream(failure, connection);
      const parsed = v.safeParse(schema, json);
      if (!parsed.success) throw notTheProtocol(connection, response, text);
      return { whole: parsed.output };
    },
  };
}

async function bodyText(
  response: Response,
  connection: ServerConnection,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await response.text();
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw unreachable(connection, thrown);
  }
}

/** `undefined` for text that is not JSON, which no schema accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHttpUrl(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}
