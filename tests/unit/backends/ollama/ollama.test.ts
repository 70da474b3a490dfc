import { afterEach, describe, expect, it } from 'vitest';
import { createOllama } from '../../../../src/backends/ollama';
import type { Backend, ChatRequest } from '../../../../src/core/backend';
import { collectEvents, reasoningOf, terminalOf, textOf } from '../../../contract/support/collect-events';
import { replay, startReplayServer } from '../../../contract/support/replay-server';
import type { Answer, ReplayServer } from '../../../contract/support/replay-server';
import { shortfalls } from '../../../support/shortfalls';

const never = new AbortController().signal;
let server: ReplayServer;

afterEach(() => server.close());

async function start(answers: Readonly<Record<string, Answer>>): Promise<Backend> {
  server = await startReplayServer({ 'POST /api/show': replay('ollama/show_smollm2'), ...answers });
  const { baseUrl } = server;
  return createOllama({ id: 'ollama', kind: 'ollama', label: 'Ollama', baseUrl, via: 'direct' });
}

function json(...bodies: readonly object[]): Answer {
  let next = 0;
  return (response) => {
    const body = bodies[Math.min(next++, bodies.length - 1)];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

function sent(path: string): unknown[] {
  return server.requests
    .filter((request) => request.path === path)
    .map(({ body }) => JSON.parse(body) as unknown);
}

function ask(more: Partial<ChatRequest> = {}): ChatRequest {
  return { modelId: 'smollm2', messages: [{ role: 'user', text: 'Hi.' }], params: {}, ...more };
}

describe('Ollama', () => {
  it('gives counts, and durations in milliseconds', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/chat_stream') });
    expect(terminalOf(await collectEvents(backend, ask()))).toEqual({
      type: 'stream-end',
      reason: 'stop',
      usage: { promptTokens: 37, completionTokens: 12 },
      timings: { loadMs: 849.829741, prefillMs: 1466.826193, decodeMs: 8835.944088 },
    });
  });

  it('tells the window that was in force, and ends well where the server does not tell', async () => {
    const end = async (more: Readonly<Record<string, Answer>>) => {
      const backend = await start({ 'POST /api/chat': replay('ollama/chat_stream'), ...more });
      return terminalOf(await collectEvents(backend, ask()));
    };
    expect(await end({ 'GET /api/ps': replay('ollama/ps') })).toMatchObject({ contextLength: 2048 });
    await server.close();
    expect(await end({})).toMatchObject({ type: 'stream-end', contextLength: undefined });
  });

  it('reports token probabilities where they are asked for', async () => {
    const lines = [
      { message: { content: 'Hi' }, done: false, logprobs: [{ token: 'Hi', logprob: Math.log(0.25) }] },
      { message: { content: '' }, done: true, done_reason: 'stop' },
    ];
    const backend = await start({
      'POST /api/chat': (response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      },
    });
    const all = await collectEvents(backend, ask({ params: { topLogprobs: 3 } }));
    expect(sent('/api/chat')).toMatchObject([{ logprobs: true, top_logprobs: 3 }]);
    const token = { text: 'Hi', probability: expect.closeTo(0.25) as number, alternatives: [] };
    expect(all).toContainEqual({ type: 'token-probabilities', tokens: [token] });
  });

  it('keeps a thought apart from the answer', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/think_to_content_stream') });
    const events = await collectEvents(backend, ask());
    expect(reasoningOf(events)).toBe('4 and 4 make 8.\n');
    expect(textOf(events)).toBe('8');
  });

  it('sends every setting under its own name', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/chat_stream') });
    const params = {
      temperature: 9,
      topK: 3,
      minP: 0.1,
      repeatPenalty: 1.1,
      contextLength: 2048,
      format: 'json',
      thinking: false,
      keepAlive: '60',
    } as const;
    const [begin] = await collectEvents(backend, ask({ params }));
    expect(shortfalls(begin)).toEqual([{ param: 'temperature', outcome: 'sent', requested: 9, adjusted: 2 }]);
    expect(sent('/api/chat')).toMatchObject([
      {
        options: { temperature: 2, top_k: 3, min_p: 0.1, repeat_penalty: 1.1, num_ctx: 2048 },
        format: 'json',
        think: false,
        keep_alive: 60,
      },
    ]);
  });

  it('sends “think” only when it was set', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/chat_stream') });
    await collectEvents(backend, ask());
    expect(sent('/api/chat')).toEqual([
      { model: 'smollm2', stream: true, messages: [{ role: 'user', content: 'Hi.' }] },
    ]);
  });

  it('refuses an image that the model would not see', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/chat_stream') });
    const images = [{ mediaType: 'image/png', base64: 'aGk=' }];
    const events = await collectEvents(backend, ask({ messages: [{ role: 'user', text: 'What?', images }] }));
    expect(events).toMatchObject([{ type: 'stream-error', error: { code: 'bad-request' } }]);
    expect(sent('/api/chat')).toEqual([]);
  });

  it('sends images as plain base64', async () => {
    const show = json({ template: '{{ range .Messages }}', capabilities: ['completion', 'vision'] });
    const backend = await start({ 'POST /api/show': show, 'POST /api/chat': replay('ollama/chat_stream') });
    const images = [{ mediaType: 'image/png', base64: 'aGk=' }];
    await collectEvents(backend, ask({ messages: [{ role: 'user', text: 'What?', images }] }));
    expect(sent('/api/chat')).toMatchObject([{ messages: [{ content: 'What?', images: ['aGk='] }] }]);
  });

  it('gives a model without a chat template a plain prompt by itself', async () => {
    const show = json({ template: '{{ .Prompt }}', capabilities: ['completion'] });
    const backend = await start({
      'POST /api/show': show,
      'POST /api/generate': replay('ollama/generate_stream'),
    });
    const messages = [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'Once' },
    ] as const;
    expect(terminalOf(await collectEvents(backend, ask({ messages })))).toMatchObject({ type: 'stream-end' });
    expect(sent('/api/generate')).toMatchObject([{ prompt: 'Be brief.\n\nOnce', raw: true }]);
    await collectEvents(backend, ask({ messages }));
    expect(sent('/api/show')).toHaveLength(1);
  });

  it('asks nobody to think where there is no chat template, and says so', async () => {
    const backend = await start({ 'POST /api/generate': replay('ollama/generate_stream') });
    const params = { thinking: true, topLogprobs: 2 };
    const [begin] = await collectEvents(backend, ask({ params, promptFormat: 'plain' }));
    expect(shortfalls(begin)).toEqual([{ param: 'thinking', outcome: 'ignored', requested: true }]);
    const [body] = sent('/api/generate');
    expect(body).toMatchObject({ logprobs: true, top_logprobs: 2 });
    expect(body).not.toHaveProperty('think');
  });

  it('explains a refusal to think', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/think_true_non') });
    expect(await collectEvents(backend, ask({ params: { thinking: true } }))).toMatchObject([
      {
        type: 'stream-error',
        error: { code: 'bad-request', detail: { said: '"smollm2" does not support thinking' } },
      },
    ]);
  });

  it('passes the words of an error in the middle on', async () => {
    const backend = await start({ 'POST /api/chat': replay('ollama/runner_killed_midstream') });
    const events = await collectEvents(backend, ask());
    expect(terminalOf(events)).toMatchObject({
      type: 'stream-error',
      error: { code: 'server-failed', detail: { said: expect.stringContaining('unexpected EOF') as string } },
    });
    expect(textOf(events)).toContain('Once upon a time');
  });

  it('lists with one request each for models and memory, and remembers what it learned', async () => {
    const backend = await start({
      'GET /api/tags': replay('ollama/tags'),
      'GET /api/ps': replay('ollama/ps'),
    });
    const find = async () => (await backend.listModels(never)).find(({ id }) => id === 'smollm2:latest');
    expect(await find()).toEqual({
      id: 'smollm2:latest',
      thinkingControl: 'switch',
      bytes: 98363149,
      quantization: 'Q4_1',
      digest: 'd502823b77d938a8bede0faf66c5fb8c25df3b520edfc6b01915d47f7da61390',
      contextLength: 2048,
      capabilities: undefined,
      isLoaded: true,
      loadedUntil: Date.parse('2026-11-23T11:25:23.321Z'),
      graphicsBytes: 0,
    });
    expect(server.requests).toHaveLength(2);
    await backend.load({ modelId: 'smollm2', params: {} }, () => undefined, never);
    expect((await find())?.capabilities).toMatchObject({ chat: true, thinking: false, vision: false });
    expect((await find())?.templateDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('loads a model into memory, and tells when its window is smaller than asked for', async () => {
    const backend = await start({
      'POST /api/chat': replay('ollama/load_chat'),
      'GET /api/ps': replay('ollama/ps'),
    });
    const steps: unknown[] = [];
    const request = { modelId: 'smollm2', params: { contextLength: 100_000, keepAlive: '5m' }, eager: true };
    const loaded = await backend.load(request, (step) => steps.push(step), never);
    expect(loaded).toMatchObject({ contextLength: 2048, notice: expect.stringContaining('2048') as string });
    expect(steps).toEqual([{ phase: 'initialize' }]);
    expect(sent('/api/chat')).toEqual([
      { model: 'smollm2', messages: [], stream: false, options: { num_ctx: 100_000 }, keep_alive: '5m' },
    ]);
  });

  it('frees a model, and waits until it is gone', async () => {
    const busy = { models: [{ name: 'smollm2:latest' }] };
    const backend = await start({
      'POST /api/chat': replay('ollama/unload_chat'),
      'GET /api/ps': json(busy, busy, { models: [] }),
    });
    await backend.unload?.('smollm2', never);
    expect(sent('/api/chat')).toEqual([{ model: 'smollm2', messages: [], stream: false, keep_alive: 0 }]);
    expect(server.requests.filter(({ path }) => path === '/api/ps')).toHaveLength(3);
  });

  it('pulls a model, and tells a failure that comes with status 200', async () => {
    const lines =
      (...all: readonly object[]): Answer =>
      (response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        response.end(all.map((line) => `${JSON.stringify(line)}\n`).join(''));
      };
    const layer = { status: 'pulling a', digest: 'sha256:a', total: 10, completed: 5 };
    const seen: unknown[] = [];
    const good = await start({ 'POST /api/pull': lines(layer, { status: 'success' }) });
    await good.pull?.('http://127.0.0.1:5000/library/m', (progress) => seen.push(progress.status), never);
    expect(seen).toEqual(['pulling a', 'success']);
    expect(sent('/api/pull')).toEqual([
      { model: 'http://127.0.0.1:5000/library/m', stream: true, insecure: true },
    ]);
    await server.close();
    const failing = await start({ 'POST /api/pull': lines(layer, { error: 'pull model manifest: gone' }) });
    const pulling = failing.pull?.('m', () => undefined, never);
    await expect(pulling).rejects.toMatchObject({
      message: 'Ollama could not fetch “m”.',
      detail: { said: 'pull model manifest: gone' },
    });
    await server.close();
    const cut = await start({ 'POST /api/pull': lines(layer) });
    const ended = cut.pull?.('m', () => undefined, never);
    await expect(ended).rejects.toMatchObject({ code: 'malformed-stream' });
  });

  it('deletes a model by its name', async () => {
    const backend = await start({ 'DELETE /api/delete': (response) => void response.end() });
    await backend.remove?.('m:latest', never);
    expect(sent('/api/delete')).toEqual([{ model: 'm:latest' }]);
  });
});
