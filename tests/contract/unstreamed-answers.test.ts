/** Servers that send an answer whole although a stream was wanted: recorded documents, directly and through a relay. */
import { afterEach, describe, expect, it } from 'vitest';
import { createOllama } from '../../src/backends/ollama';
import { createOpenAiCompatible } from '../../src/backends/openai-compatible';
import { serverPresets } from '../../src/backends/presets';
import { LaneClient } from '../../src/backends/shared/lanes/lane-client';
import type { Backend, ChatRequest } from '../../src/core/backend';
import type { ChatEvent } from '../../src/core/chat-event';
import type { ServerConnection, ServerKind } from '../../src/core/connection';
import { runningRelay } from '../unit/relay/support/running-relay';
import { upstreamOf } from '../unit/relay/support/settings';
import { collectEvents, reasoningOf, textOf } from './support/collect-events';
import { type Answer, replay, type ReplayServer, startReplayServer } from './support/replay-server';
import { serverRows } from './support/server-rows';

const open: ReplayServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const wholeAnswers: Readonly<Record<ServerKind, { readonly name: string; readonly text: string }>> = {
  ollama: { name: 'ollama/chat_nostream', text: "I'm here to help with any creative writing project!" },
  vllm: { name: 'vllm/chat-nonstream', text: 'The capital of France is Paris.' },
  instructlab: { name: 'instructlab/chat-nonstream', text: 'The capital of France is indeed France.' },
  llamacpp: {
    name: 'llamacpp/chat-nonstream',
    text: "L'Étoile, la Cité, la Nation, la Géologie, la Culture, la Tradition, la Femme, la Femme,",
  },
  openai: { name: 'openai/v1_logprobs', text: 'Hello there' },
};

const routeOf = (kind: ServerKind) => (kind === 'ollama' ? 'POST /api/chat' : 'POST /v1/chat/completions');

async function serve(kind: ServerKind, answers: Readonly<Record<string, Answer>>): Promise<ReplayServer> {
  const shown = replay('ollama/show_smollm2');
  const server = await startReplayServer({
    ...(kind === 'ollama' && { 'POST /api/show': shown }),
    ...answers,
  });
  open.push(server);
  return server;
}

function backendOf(kind: ServerKind, baseUrl: string, relayUrl?: string): Backend {
  const via = relayUrl === undefined ? 'direct' : 'relay';
  const address = relayUrl === undefined ? baseUrl : `${relayUrl}/relay/${kind}`;
  const connection: ServerConnection = { id: kind, kind, label: kind, baseUrl: address, via };
  const options = relayUrl === undefined ? {} : { lanes: new LaneClient(relayUrl) };
  if (kind === 'ollama') return createOllama(connection, options);
  return createOpenAiCompatible(connection, serverPresets[kind], options);
}

async function ask(
  kind: ServerKind,
  answer: Answer | string,
  more: Partial<ChatRequest> = {},
  route = routeOf(kind),
): Promise<ChatEvent[]> {
  const server = await serve(kind, { [route]: typeof answer === 'string' ? replay(answer) : answer });
  return chat(backendOf(kind, server.baseUrl), more);
}

function chat(backend: Backend, more: Partial<ChatRequest> = {}): Promise<ChatEvent[]> {
  return collectEvents(backend, {
    modelId: 'm',
    messages: [{ role: 'user', text: 'Hi.' }],
    params: {},
    ...more,
  });
}

function json(body: object, type = 'application/json'): Answer {
  return (response) =>
    void response.writeHead(200, { 'content-type': type }).end(JSON.stringify(body, null, 2));
}

describe.each(serverRows.map(({ kind }) => kind))('%s', (kind) => {
  const { name, text } = wholeAnswers[kind];

  it('gives the whole answer, its end and its counts, and says that it was not streamed', async () => {
    const events = await ask(kind, name);
    expect(events[0]).toMatchObject({ type: 'stream-start', arrivesWhole: true });
    expect(textOf(events)).toBe(text);
    expect(events.at(-1)).toMatchObject({
      type: 'stream-end',
      reason: /openai|llamacpp/.test(kind) ? 'length' : 'stop',
      usage: { completionTokens: expect.any(Number) as number, promptTokens: expect.any(Number) as number },
    });
  });

  it('gives the same through the relay', async () => {
    const server = await serve(kind, { [routeOf(kind)]: replay(name) });
    const relay = await runningRelay({ upstreams: [upstreamOf(kind, server.baseUrl)] });
    const events = await chat(backendOf(kind, server.baseUrl, relay.url));
    expect(events).toEqual(await chat(backendOf(kind, server.baseUrl)));
    expect(events[0]).toMatchObject({ arrivesWhole: true });
  });

  it('does not say so of a stream', async () => {
    const row = serverRows.find((one) => one.kind === kind);
    const events = await ask(kind, row?.chat.name ?? '');
    expect(events[0]).not.toHaveProperty('arrivesWhole');
  });

  it.each([
    [{ error: 'the model is still loading' }, 'server-failed'],
    [{ error: { message: 'wrong key', code: 401 } }, 'unauthorized'],
    [{ detail: 'nobody is there' }, 'server-failed'],
  ])('an error with status 200 is an error: %j', async (body, code) => {
    const events = await ask(kind, json(body));
    expect(events).toMatchObject([{ type: 'stream-error', error: { code } }]);
  });

  it('a document that breaks off is a fault', async () => {
    const events = await ask(kind, (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });
      response.write('{"choices":[{"message":', () => response.destroy());
    });
    expect(events).toMatchObject([{ type: 'stream-error', error: { code: 'malformed-stream' } }]);
  });
});

describe('an answer in one document', () => {
  it('keeps thoughts, calls and probabilities', async () => {
    const thought = await ask('ollama', 'ollama/think_to_content_nostream');
    expect([reasoningOf(thought), textOf(thought)]).toEqual(['4 and 4 make 8.\n', '8']);
    const call = { type: 'tool-call', name: 'get_weather' };
    const called = await ask('ollama', 'ollama/toolcall_nostream');
    expect(called).toContainEqual({ ...call, id: 'call_vrn2lpvq', arguments: '{"city":"Paris"}' });
    expect(called.at(-1)).toMatchObject({ reason: 'tool-calls' });
    const named = await ask('vllm', 'vllm/tools-named');
    expect(named).toContainEqual({
      ...call,
      id: 'chatcmpl-tool-abd0beda44988b1d',
      arguments: '"Paris"',
    });
    expect(named.at(-1)).toMatchObject({ reason: 'tool-calls' });
    const tokens = (await ask('openai', 'openai/v1_logprobs')).flatMap((event) =>
      event.type === 'token-probabilities' ? event.tokens : [],
    );
    expect(tokens.map(({ text }) => text)).toEqual(['Hello', ' there']);
  });

  it('keeps two calls apart, splits thoughts off the text, and names the sources', async () => {
    const message = {
      content: '<think>Hm.</think>So it is.',
      annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.org/', title: 'One' } }],
      tool_calls: ['a', 'b'].map((name) => ({ function: { name, arguments: '{}' } })),
    };
    const events = await ask('openai', json({ choices: [{ message }] }));
    expect([reasoningOf(events), textOf(events)]).toEqual(['Hm.', 'So it is.']);
    expect(events.flatMap((event) => (event.type === 'tool-call' ? event.name : []))).toEqual(['a', 'b']);
    expect(events.find(({ type }) => type === 'sources')).toMatchObject({
      sources: [{ url: 'https://example.org/', title: 'One' }],
    });
    // It says no reason, but a document has an end.
    expect(events.at(-1)).toMatchObject({ type: 'stream-end', reason: 'tool-calls' });
  });

  it('may answer a plain text', async () => {
    const plain = { promptFormat: 'plain' } as const;
    const ollama = await ask('ollama', 'ollama/generate_raw', plain, 'POST /api/generate');
    expect(textOf(ollama)).toContain('Paris.');
    const openai = await ask('openai', 'openai/v1_completions', plain, 'POST /v1/completions');
    expect(textOf(openai)).toBe('welcome to');
  });

  it.each([{}, { choices: [] }, { choices: [{}] }, { object: 'list', data: [] }])(
    'is none where it has no message: %j',
    async (body) => {
      const events = await ask('openai', json(body));
      expect(events).toMatchObject([{ type: 'stream-error', error: { code: 'malformed-stream' } }]);
    },
  );

  it('is known by every JSON type', async () => {
    const body = { choices: [{ message: { content: 'Yes.' } }] };
    expect(textOf(await ask('openai', json(body, 'application/vnd.answer+json; charset=utf-8')))).toBe(
      'Yes.',
    );
  });
});
