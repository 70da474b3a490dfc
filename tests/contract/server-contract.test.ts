/** What every server backend does, proven on the recorded bytes of the real servers over real sockets. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Backend, ChatRequest } from '../../src/core/backend';
import { streamChat } from '../../src/core/stream-chat';
import { describeBackendContract } from './support/backend-contract';
import type { Scenario } from './support/backend-contract';
import { collectEvents, terminalOf, textOf } from './support/collect-events';
import { replay, replayAndHang, startReplayServer } from './support/replay-server';
import type { Answer, ReplayServer } from './support/replay-server';
import { createServerBackend, serverRows } from './support/server-rows';
import { shortfalls } from '../support/shortfalls';

const never = new AbortController().signal;
const open: ReplayServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe.each(serverRows)('$kind', (row) => {
  const modelId = row.models[1] ?? row.models[0] ?? '';

  async function start(answers: Readonly<Record<string, Answer>> = {}): Promise<{
    backend: Backend;
    server: ReplayServer;
  }> {
    const others = Object.entries(row.other).map(([route, name]) => [route, replay(name)] as const);
    const server = await startReplayServer({
      ...Object.fromEntries(others),
      [row.chatRoute]: replay(row.chat.name),
      [row.plainRoute]: replay(row.plain),
      ...answers,
    });
    open.push(server);
    return { backend: createServerBackend(row.kind, server.baseUrl), server };
  }

  function question(more: Partial<ChatRequest> = {}): ChatRequest {
    return { modelId, messages: [{ role: 'user', text: 'Who are you?' }], params: {}, ...more };
  }

  function sentTo(server: ReplayServer, route: string): unknown {
    const request = server.requests.find(({ method, path }) => `${method} ${path}` === route);
    return JSON.parse(request?.body ?? 'null');
  }

  describeBackendContract({
    models: row.models,
    modelId,
    runsOn: 'server',
    question: 'Who are you?',
    answer: row.chat.text,
    longQuestion: 'Tell me everything.',
    unsupported: row.unsupported,
    open: async (scenario) => (await start(answersIn(scenario))).backend,
  });

  function answersIn(scenario: Scenario): Readonly<Record<string, Answer>> {
    if (scenario === 'unknown-model') return { 'POST /api/show': replay('ollama/show_unknown') };
    return scenario === 'long' ? { [row.chatRoute]: replayAndHang(row.chat.name, 700).answer } : {};
  }

  it('sends the model, the messages and the settings', async () => {
    const { backend, server } = await start();
    await collectEvents(backend, question({ params: { maxTokens: 7, stop: ['END'] } }));
    const body = sentTo(server, row.chatRoute);
    expect(body).toMatchObject({ model: modelId, stream: true });
    expect(body).toMatchObject({ messages: [{ role: 'user', content: 'Who are you?' }] });
    expect(JSON.stringify(body)).toMatch(/"(max_tokens|num_predict)":7/);
    expect(JSON.stringify(body)).toContain('"stop":["END"]');
  });

  it('sends a plain prompt to the route without a chat template', async () => {
    const { backend, server } = await start();
    const events = await collectEvents(backend, question({ promptFormat: 'plain' }));
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'length' });
    expect(textOf(events)).not.toBe('');
    expect(sentTo(server, row.plainRoute)).toMatchObject({ prompt: 'Who are you?' });
  });

  it('warns about settings that the server does not know, and does not send them', async () => {
    const { backend, server } = await start();
    const events = await collectEvents(backend, question({ params: row.unsupported }));
    const ignored = Object.entries(row.unsupported).map(([param, requested]) => ({
      param,
      outcome: 'ignored',
      requested,
    }));
    expect(shortfalls(events[0])).toEqual(ignored);
    const extra = Object.keys(sentTo(server, row.chatRoute) as object).filter(
      (key) => !['model', 'messages', 'stream', 'stream_options'].includes(key),
    );
    expect(extra).toEqual([]);
  });

  it('closes the connection when a person stops the answer', async () => {
    const { answer, clientGone } = replayAndHang(row.chat.name, 700);
    const { backend } = await start({ [row.chatRoute]: answer });
    const controller = new AbortController();
    const ends: string[] = [];
    for await (const event of streamChat(backend, question(), controller.signal)) {
      if (event.type === 'text-delta' || event.type === 'stream-start') controller.abort();
      if (event.type === 'stream-end') ends.push(event.reason);
    }
    expect(ends).toEqual(['aborted']);
    await clientGone;
  });

  it('keeps the text when the answer breaks off, and says so once', async () => {
    const { backend } = await start({ [row.chatRoute]: replay(row.broken) });
    const events = await collectEvents(backend, question());
    const end = terminalOf(events);
    expect(end.type).toBe('stream-error');
    expect(textOf(events)).not.toBe('');
    const code = end.type === 'stream-error' ? end.error.code : '';
    expect(['malformed-stream', 'server-failed']).toContain(code);
  });

  it('calls a server that is gone unreachable', async () => {
    const { backend, server } = await start();
    await server.close();
    expect(await backend.probe(never)).toMatchObject({
      state: 'unavailable',
      error: { code: 'unreachable' },
    });
    await expect(backend.listModels(never)).rejects.toMatchObject({ code: 'unreachable' });
    const events = await collectEvents(backend, question());
    expect(events).toMatchObject([{ type: 'stream-error', error: { code: 'unreachable' } }]);
  });

  it('stops a probe when asked to', async () => {
    const { backend } = await start({
      'GET /api/version': () => undefined,
      'GET /v1/models': () => undefined,
    });
    const controller = new AbortController();
    const probing = backend.probe(controller.signal);
    controller.abort();
    await expect(probing).rejects.toThrow();
  });
});
