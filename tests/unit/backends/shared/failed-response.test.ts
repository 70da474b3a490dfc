import { describe, expect, it } from 'vitest';
import { failedResponse, failureInStream } from '../../../../src/backends/shared/failed-response';
import { wordsOfJson } from '../../../../src/backends/shared/server-words';
import type { BackendErrorCode } from '../../../../src/core/backend-error';
import type { ServerConnection, ServerKind } from '../../../../src/core/connection';
import { readRecording } from '../../../contract/support/recording';

function connectionTo(kind: ServerKind, via: 'direct' | 'relay' = 'direct'): ServerConnection {
  return { id: kind, kind, label: 'The server', baseUrl: 'http://localhost:1', via };
}

/** Raw failures as recorded, each with the code that it must become. */
const recorded: readonly (readonly [string, ServerKind, BackendErrorCode])[] = [
  ['ollama/chat_unknown', 'ollama', 'model-not-found'],
  ['ollama/show_unknown', 'ollama', 'model-not-found'],
  ['ollama/think_true_non', 'ollama', 'bad-request'],
  ['ollama/queue_full_503', 'ollama', 'server-failed'],
  ['ollama/cors_evil_GET', 'ollama', 'unauthorized'],
  ['ollama/404', 'ollama', 'bad-request'],
  ['ollama/ctx_overflow_truncate_false', 'ollama', 'context-overflow'],
  ['ollama/format_bad', 'ollama', 'server-failed'],
  ['openai/v1_unknown', 'openai', 'model-not-found'],
  ['vllm/chat-unknownmodel', 'vllm', 'model-not-found'],
  ['vllm/chat-context-overflow', 'vllm', 'context-overflow'],
  ['vllm/chat-maxtokens-too-large', 'vllm', 'bad-request'],
  ['vllm/chat-image', 'vllm', 'bad-request'],
  ['vllm/chat-badtype', 'vllm', 'bad-request'],
  ['vllm/notfound', 'vllm', 'bad-request'],
  ['vllm/auth-missing-models', 'vllm', 'unauthorized'],
  ['instructlab/chat-context-overflow', 'instructlab', 'context-overflow'],
  ['instructlab/chat-contentparts', 'instructlab', 'server-failed'],
  ['instructlab/chat-malformed', 'instructlab', 'server-failed'],
  ['instructlab/chat-schema', 'instructlab', 'server-failed'],
  ['instructlab/busy', 'instructlab', 'server-failed'],
  ['instructlab/notfound', 'instructlab', 'bad-request'],
  ['llama-cpp-python/auth-missing-models', 'openai', 'unauthorized'],
  ['llamacpp/chat-context-overflow', 'llamacpp', 'context-overflow'],
  ['llamacpp/auth-wrong-chat', 'llamacpp', 'unauthorized'],
  ['llamacpp/chat-image', 'llamacpp', 'bad-request'],
];

describe('failedResponse', () => {
  it.each(recorded)('%s → %s %s', async (name, kind, code) => {
    const { status, headers, body } = readRecording(name);
    const error = await failedResponse(
      new Response(new TextDecoder().decode(body), { status, headers }),
      connectionTo(kind),
    );
    expect(error.code).toBe(code);
    expect(error.detail.status).toBe(status);
    expect(error.message).not.toMatch(/undefined|\[object/);
    if (body.length > 0) expect(error.detail.said).toBeTruthy();
  });

  /** Wordings of other versions, from PROTOCOLS A–C. */
  it.each([
    [
      400,
      "'max_tokens' is too large: 9. This model's maximum context length is 8 tokens",
      'context-overflow',
    ],
    [
      400,
      "You passed 9 input tokens. However, the model's context length is only 8 tokens",
      'context-overflow',
    ],
    [400, 'the prompt is longer than the context length currently available', 'context-overflow'],
    [500, 'Requested tokens (40031) exceed context window of 2048', 'context-overflow'],
    [500, 'model requires more system memory (9.1 GiB) than is available (7.0 GiB)', 'out-of-memory'],
    [400, 'registry.ollama.ai/library/smollm2:latest does not support tools', 'bad-request'],
    [404, 'model "nope" not found, try pulling it first', 'model-not-found'],
    [405, '405 method not allowed', 'bad-request'],
    [408, '', 'timeout'],
    [413, 'too large', 'bad-request'],
    [418, '', 'bad-request'],
    [500, '', 'server-failed'],
    [502, 'Bad Gateway', 'server-failed'],
    [504, '', 'timeout'],
  ] as const)('%d “%s” → %s', async (status, error, code) => {
    const failure = await failedResponse(Response.json({ error }, { status }), connectionTo('openai'));
    expect(failure.code).toBe(code);
  });

  it('reads how long to wait, in seconds and as a date', async () => {
    const seconds = new Response('', { status: 429, headers: { 'retry-after': '12' } });
    expect(await failedResponse(seconds, connectionTo('openai'))).toMatchObject({
      code: 'rate-limited',
      detail: { retryAfterMs: 12_000 },
    });
    const past = new Response('', {
      status: 503,
      headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    });
    expect(await failedResponse(past, connectionTo('openai'))).toMatchObject({
      code: 'server-failed',
      detail: { retryAfterMs: 0 },
    });
  });

  it('names a web page by its title, without its markup', async () => {
    const html =
      '<!doctype html><html><head><title>Model router login</title></head><body>model</body></html>';
    const error = await failedResponse(new Response(html, { status: 404 }), connectionTo('vllm'));
    expect(error).toMatchObject({
      code: 'bad-request',
      detail: { said: 'A web page titled “Model router login”' },
    });
  });

  it('says that InstructLab answers one request at a time', async () => {
    const busy = new Response('Service Unavailable', { status: 503 });
    const { message, detail } = await failedResponse(busy, connectionTo('instructlab'));
    expect(`${message} ${detail.hint ?? ''}`).toMatch(/busy.*one request at a time/);
  });

  it('says that llama.cpp is still loading', async () => {
    const body = { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } };
    const error = await failedResponse(Response.json(body, { status: 503 }), connectionTo('llamacpp'));
    expect(error).toMatchObject({ code: 'server-failed', message: 'The server is still loading its model.' });
  });

  it('tells an Ollama user about the name in the address: a refused page could not read this', async () => {
    const error = await failedResponse(new Response('', { status: 403 }), connectionTo('ollama'));
    expect(error.detail.hint).toContain('localhost');
  });

  it('takes the code of the relay’s own errors, and only through the relay', async () => {
    const body = { error: { code: 'timeout', message: 'The upstream was silent for too long.' } };
    const answer = () => Response.json(body, { status: 502 });
    expect(await failedResponse(answer(), connectionTo('vllm', 'relay'))).toMatchObject({
      code: 'timeout',
      message: body.error.message,
    });
    expect(await failedResponse(answer(), connectionTo('vllm'))).toMatchObject({ code: 'server-failed' });
  });

  it('keeps a long text of a server short', async () => {
    const error = await failedResponse(new Response('x'.repeat(9000), { status: 500 }), connectionTo('vllm'));
    expect(error.detail.said?.length).toBeLessThanOrEqual(501);
  });
});

describe('failureInStream', () => {
  it.each([
    [{ error: 'an error was encountered while running the model: unexpected EOF' }, 'server-failed'],
    [{ error: { message: 'boom', type: 'BadRequestError', code: 400 } }, 'bad-request'],
    [{ object: 'error', message: 'The model `x` does not exist.', code: 404 }, 'model-not-found'],
    [{ detail: 'Internal failure' }, 'server-failed'],
    [{ detail: [{ loc: ['body', 'messages'], msg: 'Field required' }] }, 'server-failed'],
    [{ error: { message: "This model's maximum context length is 2048 tokens." } }, 'context-overflow'],
  ])('%j → %s', (json, code) => {
    const words = wordsOfJson(json);
    expect(words).toBeDefined();
    const error = failureInStream(words ?? { said: '' }, connectionTo('vllm'));
    expect(error.code).toBe(code);
    expect(error.detail.said).toBeTruthy();
  });

  it('does not take an ordinary chunk for an error', () => {
    expect(wordsOfJson({ choices: [], error: null })).toBeUndefined();
    expect(wordsOfJson({ message: { content: 'error' }, done: false })).toBeUndefined();
  });
});
