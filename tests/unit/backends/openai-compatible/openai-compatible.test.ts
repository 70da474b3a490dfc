import { afterEach, describe, expect, it } from 'vitest';
import { createOpenAiCompatible } from '../../../../src/backends/openai-compatible';
import { serverPresets } from '../../../../src/backends/presets';
import type { Backend, ChatRequest } from '../../../../src/core/backend';
import type { ServerKind } from '../../../../src/core/connection';
import { collectEvents, reasoningOf, terminalOf, textOf } from '../../../contract/support/collect-events';
import { replay, startReplayServer } from '../../../contract/support/replay-server';
import type { Answer, ReplayServer } from '../../../contract/support/replay-server';

const never = new AbortController().signal;
const chat = 'POST /v1/chat/completions';
let server: ReplayServer;

afterEach(() => server.close());

async function start(
  kind: Exclude<ServerKind, 'ollama'>,
  answers: Readonly<Record<string, Answer>>,
  baseUrl?: string,
): Promise<Backend> {
  server = await startReplayServer(answers);
  const connection = {
    id: kind,
    kind,
    label: kind,
    baseUrl: baseUrl ?? server.baseUrl,
    via: 'direct',
  } as const;
  return createOpenAiCompatible(connection, serverPresets[kind]);
}

function events(...data: readonly string[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(data.map((item) => `data: ${item}\n\n`).join(''));
  };
}

function json(value: object): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}

function chunk(delta: object, finish: string | null = null): string {
  return JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] });
}

function ask(more: Partial<ChatRequest> = {}): ChatRequest {
  return { modelId: 'm', messages: [{ role: 'user', text: 'Hi.' }], params: {}, ...more };
}

function lastBody(): unknown {
  return JSON.parse(server.requests.at(-1)?.body ?? 'null');
}

describe('an OpenAI-style server', () => {
  it('reports token probabilities where they are asked for', async () => {
    const said = {
      token: 'Hi',
      logprob: Math.log(0.5),
      top_logprobs: [{ token: 'Hi', logprob: Math.log(0.5) }],
    };
    const first = { index: 0, delta: { content: 'Hi' }, logprobs: { content: [said] } };
    const backend = await start('vllm', {
      [chat]: events(JSON.stringify({ choices: [first] }), chunk({}, 'stop'), '[DONE]'),
    });
    const all = await collectEvents(backend, ask({ params: { topLogprobs: 3 } }));
    expect(lastBody()).toMatchObject({ logprobs: true, top_logprobs: 3 });
    const choice = { text: 'Hi', probability: expect.closeTo(0.5) as number };
    expect(all).toContainEqual({
      type: 'token-probabilities',
      tokens: [{ ...choice, alternatives: [choice] }],
    });
  });

  it('gives usage from the chunk without choices', async () => {
    const backend = await start('vllm', { [chat]: replay('vllm/chat-stream') });
    expect(terminalOf(await collectEvents(backend, ask()))).toEqual({
      type: 'stream-end',
      reason: 'stop',
      usage: { promptTokens: 37, completionTokens: 8 },
    });
    expect(lastBody()).toMatchObject({ stream_options: { include_usage: true } });
  });

  it('gives the timings of llama.cpp', async () => {
    const backend = await start('llamacpp', { [chat]: replay('llamacpp/chat-stream') });
    expect(terminalOf(await collectEvents(backend, ask()))).toMatchObject({
      reason: 'length',
      usage: { promptTokens: 37, cachedTokens: 0, completionTokens: 32 },
      timings: { prefillMs: 3603.181, decodeMs: 15501.559 },
    });
  });

  it('does not ask InstructLab for usage', async () => {
    const backend = await start('instructlab', { [chat]: replay('instructlab/chat-stream') });
    expect(terminalOf(await collectEvents(backend, ask()))).toMatchObject({ usage: undefined });
    expect(lastBody()).not.toHaveProperty('stream_options');
  });

  it('reads a thought under either name, and in tags', async () => {
    const backend = await start('openai', {
      [chat]: events(
        chunk({ role: 'assistant', content: null }),
        chunk({ reasoning: 'a' }),
        chunk({ reasoning_content: 'b' }),
        chunk({ content: '<thi' }),
        chunk({ content: 'nk>c</think>\n\nYes' }),
        chunk({}, 'stop'),
        '[DONE]',
      ),
    });
    const all = await collectEvents(backend, ask());
    expect(terminalOf(all)).toMatchObject({ reason: 'stop' });
    expect(reasoningOf(all)).toBe('abc');
    expect(textOf(all)).toBe('Yes');
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'other'],
  ])('ends with %s as %s', async (finish, reason) => {
    const backend = await start('openai', { [chat]: events(chunk({ content: 'x' }, finish), '[DONE]') });
    expect(terminalOf(await collectEvents(backend, ask()))).toMatchObject({ type: 'stream-end', reason });
  });

  it('takes an end without [DONE] for complete when a finish reason came', async () => {
    const backend = await start('openai', { [chat]: events(chunk({ content: 'x' }, 'stop')) });
    expect(terminalOf(await collectEvents(backend, ask()))).toMatchObject({ type: 'stream-end' });
  });

  it('tells an interruption from a failure', async () => {
    const interrupted = await start('instructlab', { [chat]: replay('llama-cpp-python/interrupted-stream') });
    expect(terminalOf(await collectEvents(interrupted, ask()))).toMatchObject({
      error: {
        code: 'malformed-stream',
        message: 'instructlab was interrupted in the middle of the answer.',
      },
    });
    await server.close();
    const failed = await start('openai', { [chat]: replay('openai/runner_killed_v1_stream') });
    expect(terminalOf(await collectEvents(failed, ask()))).toMatchObject({
      error: { code: 'malformed-stream', message: 'openai broke off before the end of the answer.' },
    });
  });

  it('knows how InstructLab tells that a conversation is too long', async () => {
    const backend = await start('instructlab', {
      [chat]: replay('instructlab/chat-context-overflow-stream'),
    });
    expect(terminalOf(await collectEvents(backend, ask()))).toMatchObject({
      error: { code: 'context-overflow' },
    });
  });

  it('sends content parts only where there are images', async () => {
    const backend = await start('vllm', { [chat]: replay('vllm/chat-stream') });
    const images = [{ mediaType: 'image/png', base64: 'aGk=' }];
    const messages = [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'What?', images },
    ] as const;
    await collectEvents(backend, ask({ messages }));
    expect(lastBody()).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
          ],
        },
      ],
    });
  });

  it('lists windows, sizes and short names', async () => {
    const llama = await start('llamacpp', { 'GET /v1/models': replay('llamacpp/models') });
    expect(await llama.listModels(never)).toMatchObject([
      { contextLength: 2048, bytes: 96576768, quantization: 'Q4_1', isLoaded: true },
    ]);
    await server.close();
    const vllm = await start('vllm', { 'GET /v1/models': replay('vllm/models') });
    expect(await vllm.listModels(never)).toMatchObject([{ contextLength: 2048 }]);
    await server.close();
    const ilab = await start('instructlab', { 'GET /v1/models': replay('instructlab/models') });
    expect(await ilab.listModels(never)).toMatchObject([{ label: 'SmolLM2-135M-Instruct.Q4_1' }]);
  });

  it('tells the version where the server has one', async () => {
    const models = { 'GET /v1/models': replay('vllm/models') };
    const vllm = await start('vllm', { ...models, 'GET /version': replay('vllm/version') });
    expect(await vllm.probe(never)).toMatchObject({ state: 'ready', version: '0.32.0' });
    await server.close();
    expect(await (await start('vllm', models)).probe(never)).toMatchObject({ state: 'ready' });
  });

  it('asks InstructLab once for the version of what it serves with', async () => {
    const ilab = await start('instructlab', {
      'GET /v1/models': replay('instructlab/models'),
      'GET /openapi.json': replay('instructlab/openapi'),
    });
    const asked = (path: string) => server.requests.filter((request) => request.path === path).length;
    // A probe that comes right after another may be answered with what that one saw.
    const modelsAfterProbe = async () => {
      const ready = { state: 'ready', version: 'llama-cpp-python 0.3.6' };
      expect(await ilab.probe(never)).toMatchObject(ready);
      return asked('/v1/models');
    };
    await expect.poll(modelsAfterProbe).toBeGreaterThan(1);
    expect(asked('/openapi.json')).toBe(1);
    const [id = ''] = (await ilab.listModels(never)).map((model) => model.id);
    expect(await ilab.inspect?.(id, never)).toMatchObject({ capabilities: { tools: false, json: true } });
  });

  it('tells of a template of llama.cpp that it has no place for the wish to think', async () => {
    const answers = { 'GET /v1/models': replay('llamacpp/models') };
    const [id = ''] = (await (await start('llamacpp', answers)).listModels(never)).map((model) => model.id);
    await server.close();
    const props = `GET /props?model=${encodeURIComponent(id)}&autoload=false`;
    const smol = await start('llamacpp', { ...answers, [props]: replay('llamacpp/props') });
    expect(await smol.inspect?.(id, never)).toMatchObject({ thinkingControl: 'none' });
    await server.close();
    const template = json({ chat_template: '{% if enable_thinking %}<think>{% endif %}' });
    const thinker = await start('llamacpp', { ...answers, [props]: template });
    expect(await thinker.inspect?.(id, never)).not.toHaveProperty('thinkingControl');
  });

  it('suspects the key when vLLM answers only where none is needed', async () => {
    server = await startReplayServer({});
    const callFetch: typeof fetch = (input) =>
      typeof input === 'string' && input.endsWith('/version')
        ? Promise.resolve(Response.json({ version: '0.32.0' }))
        : Promise.reject(new TypeError('Failed to fetch'));
    const connection = { id: 'v', kind: 'vllm', label: 'vLLM', baseUrl: 'http://h', via: 'direct' } as const;
    const backend = createOpenAiCompatible(connection, serverPresets.vllm, { fetch: callFetch });
    expect(await backend.probe(never)).toMatchObject({
      state: 'unavailable',
      error: { code: 'unauthorized' },
    });
  });
});

describe('a server that tells thought from answer', () => {
  it.each([
    ['vllm', 'vllm-think/thinking-stream'],
    ['llamacpp', 'llamacpp-think/thinking-stream'],
  ] as const)('%s: both come apart', async (kind, name) => {
    const backend = await start(kind, { [chat]: replay(name) });
    const answer = await collectEvents(backend, ask({ params: { thinking: 'high' } }));
    expect(lastBody()).toMatchObject({
      chat_template_kwargs: { enable_thinking: true, reasoning_effort: 'high' },
    });
    expect(reasoningOf(answer)).toMatch(/^[A-Z][a-z ]+\n?$/);
    expect(textOf(answer)).toMatch(/^\s*\d{1,4}$/);
    expect(terminalOf(answer)).toMatchObject({ type: 'stream-end', reason: 'stop' });
  });
});

describe('InstructLab, which answers one request at a time', () => {
  it('gets a second question only when the first answer is done', async () => {
    let running = 0;
    let most = 0;
    const slow: Answer = (response, request) => {
      most = Math.max(most, ++running);
      response.on('finish', () => running--);
      setTimeout(() => replay('instructlab/chat-stream')(response, request), 20);
    };
    const backend = await start('instructlab', { [chat]: slow });
    const all = await Promise.all([1, 2, 3].map(() => collectEvents(backend, ask())));
    for (const answer of all) expect(terminalOf(answer)).toMatchObject({ type: 'stream-end' });
    expect(most).toBe(1);
  });

  it('is not asked anything while an answer streams', async () => {
    let finish = (): void => undefined;
    const held: Answer = (response, request) => {
      finish = () => replay('instructlab/chat-stream')(response, request);
    };
    const backend = await start('instructlab', {
      [chat]: held,
      'GET /v1/models': replay('instructlab/models'),
    });
    const before = await backend.listModels(never);
    const answer = collectEvents(backend, ask());
    await expect.poll(() => server.requests.length).toBe(2);
    expect(await backend.probe(never)).toMatchObject({ state: 'ready' });
    expect(await backend.listModels(never)).toEqual(before);
    expect(server.requests).toHaveLength(2);
    finish();
    expect(terminalOf(await answer)).toMatchObject({ type: 'stream-end' });
  });
});
