/** Probes against recorded answers of real servers, and against answers made for the cases that none gave. */
import { afterEach, describe, expect, it } from 'vitest';
import { probeCapability } from '../../../src/core/probe-capability';
import { createServerBackend } from '../../contract/support/server-rows';
import {
  type Answer,
  replay,
  type ReplayServer,
  startReplayServer,
} from '../../contract/support/replay-server';

const { signal } = new AbortController();
let server: ReplayServer;
afterEach(() => server.close());

async function ollama(chat: Answer) {
  const other = { 'POST /api/show': replay('ollama/show_smollm2'), 'GET /api/ps': replay('ollama/ps') };
  server = await startReplayServer({ ...other, 'POST /api/chat': chat });
  return createServerBackend('ollama', server.baseUrl);
}

async function openAi(lines: (body: string) => readonly object[]) {
  server = await startReplayServer({
    'POST /v1/chat/completions': (response, { body }) => {
      const events = lines(body).map((line) => `data: ${JSON.stringify(line)}\n\n`);
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end(`${events.join('')}data: [DONE]\n\n`);
    },
  });
  return createServerBackend('vllm', server.baseUrl);
}

const said = (content: string, promptTokens: number) => [
  { choices: [{ delta: { content }, finish_reason: 'stop' }] },
  { choices: [], usage: { prompt_tokens: promptTokens, completion_tokens: 2 } },
];

describe('probeCapability', () => {
  it('sees a thought, and the window that was in force', async () => {
    const backend = await ollama(replay('ollama/think_to_content_stream'));
    expect(await probeCapability(backend, 'smollm2', 'thinking', signal)).toEqual({
      outcome: 'yes',
      seen: 'It thought “4 and 4 make 8.”.',
      contextLength: 2048,
    });
  });

  it('takes a refusal for a no, in the server’s words', async () => {
    const backend = await ollama(replay('ollama/think_true_non'));
    expect(await probeCapability(backend, 'smollm2', 'thinking', signal)).toEqual({
      outcome: 'no',
      seen: expect.stringContaining('does not support thinking') as string,
    });
  });

  it('does not take a server that is busy for a no', async () => {
    const backend = await ollama(replay('ollama/queue_full_503'));
    expect((await probeCapability(backend, 'smollm2', 'json', signal)).outcome).toBe('undecided');
  });

  it.each([
    ['a picture that takes its place in the prompt', 70, 'yes'],
    ['a picture that was dropped in silence', 12, 'no'],
  ])('tells %s', async (_, withPicture, outcome) => {
    const backend = await openAi((body) => said('Red', body.includes('image_url') ? withPicture : 12));
    expect((await probeCapability(backend, 'm', 'vision', signal)).outcome).toBe(outcome);
  });

  it.each([
    ['{"ok": true}', 'yes'],
    ['Yes, it is.', 'no'],
  ])('judges the JSON %s', async (text, outcome) => {
    const backend = await openAi(() => said(text, 12));
    expect((await probeCapability(backend, 'm', 'json', signal)).outcome).toBe(outcome);
  });

  it('knows a call from words about one', async () => {
    const call = { index: 0, id: 'c', function: { name: 'set_colour', arguments: '{"colour":"red"}' } };
    const calling = await openAi(() => [
      { choices: [{ delta: { tool_calls: [call] } }] },
      { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
    ]);
    expect((await probeCapability(calling, 'm', 'tools', signal)).outcome).toBe('yes');
    await server.close();
    const talking = await openAi(() => said('I set it to red.', 12));
    expect((await probeCapability(talking, 'm', 'tools', signal)).outcome).toBe('undecided');
  });

  it('rejects when it is stopped', async () => {
    const backend = await openAi(() => said('x', 1));
    await expect(probeCapability(backend, 'm', 'chat', AbortSignal.abort())).rejects.toThrow();
  });
});

describe('inspect', () => {
  it('reads llama.cpp’s own account of a model, and asks for no load', async () => {
    server = await startReplayServer({
      'GET /v1/models': replay('llamacpp/models'),
      'GET /props?model=SmolLM2-135M-Instruct&autoload=false': replay('llamacpp/props'),
    });
    const backend = createServerBackend('llamacpp', server.baseUrl);
    expect(await backend.inspect?.('SmolLM2-135M-Instruct', signal)).toMatchObject({
      contextLength: 2048,
      capabilities: { vision: false, tools: false, json: true, logprobs: true },
    });
  });

  it('reads Ollama’s, in memory or not', async () => {
    const backend = await ollama(replay('ollama/chat_stream'));
    expect(await backend.inspect?.('smollm2', signal)).toMatchObject({
      contextLength: 2048,
      capabilities: { vision: false, tools: false, thinking: false, json: true },
    });
  });
});
