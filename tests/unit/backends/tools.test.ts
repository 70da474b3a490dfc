/** Tools through the servers' adapters, over bytes that real servers sent. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../src/core/backend';
import type { ChatMessage } from '../../../src/core/chat-message';
import type { ServerKind } from '../../../src/core/connection';
import type { ToolDefinition } from '../../../src/core/tool';
import { collectEvents, textOf } from '../../contract/support/collect-events';
import { replay, startReplayServer } from '../../contract/support/replay-server';
import type { Answer, ReplayServer } from '../../contract/support/replay-server';
import { createServerBackend } from '../../contract/support/server-rows';

let server: ReplayServer;
afterEach(() => server.close());

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'Get weather for a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const toolsOnWire = [{ type: 'function', function: weather }];

const history: readonly ChatMessage[] = [
  { role: 'user', text: 'Weather in Paris?' },
  {
    role: 'assistant',
    text: '',
    toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' }],
  },
  { role: 'tool', text: '18C sunny', toolCallId: 'call_1', toolName: 'get_weather' },
];

async function ask(
  kind: ServerKind,
  answers: Readonly<Record<string, Answer>>,
  more: Partial<ChatRequest> = {},
) {
  server = await startReplayServer(answers);
  const messages = [{ role: 'user', text: 'Weather in Paris?' }] as const;
  const request: ChatRequest = { modelId: 'smollm2', messages, params: {}, tools: [weather], ...more };
  return collectEvents(createServerBackend(kind, server.baseUrl), request);
}

function sent(path: string): Record<string, unknown> {
  const request = server.requests.find((one) => one.path === path);
  return JSON.parse(request?.body ?? '{}') as Record<string, unknown>;
}

const json =
  (body: object): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const show = (capabilities: readonly string[]): Answer =>
  json({ template: '{{ range .Messages }}', capabilities });

const stream =
  (...chunks: readonly object[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(
      [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((one) => `data: ${one}\n\n`).join(''),
    );
  };

const chatRoute = 'POST /v1/chat/completions';

describe('Ollama', () => {
  const able = show(['completion', 'tools']);

  it('hands tools over and reads a call, which ends the answer', async () => {
    const events = await ask('ollama', {
      'POST /api/show': able,
      'POST /api/chat': replay('ollama/toolcall_stream'),
    });
    expect(sent('/api/chat')['tools']).toEqual(toolsOnWire);
    expect(events.slice(1)).toMatchObject([
      { type: 'tool-call', id: 'call_sj09j1ud', name: 'get_weather', arguments: '{"city":"Paris"}' },
      { type: 'stream-end', reason: 'tool-calls' },
    ]);
  });

  it('makes up an id where an older server gives none', async () => {
    const call = { function: { name: 'get_weather', arguments: { city: 'Rome' } } };
    const lines = [
      { message: { tool_calls: [call, call] }, done: false },
      { done: true, done_reason: 'stop' },
    ];
    const answer: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    };
    const events = await ask('ollama', { 'POST /api/show': able, 'POST /api/chat': answer });
    expect(events.slice(1, 3)).toMatchObject([{ id: 'call_0' }, { id: 'call_1' }]);
  });

  it('gives the history with arguments as an object, whatever the model wrote', async () => {
    const messages = history.map((message) =>
      message.role === 'assistant'
        ? {
            ...message,
            toolCalls: [...(message.toolCalls ?? []), { id: 'call_2', name: 'f', arguments: '"Paris"' }],
          }
        : message,
    );
    await ask(
      'ollama',
      { 'POST /api/show': able, 'POST /api/chat': replay('ollama/chat_stream') },
      { messages },
    );
    expect(sent('/api/chat')['messages']).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: 'call_1', function: { name: 'get_weather', arguments: { city: 'Paris' } } },
          { id: 'call_2', function: { name: 'f', arguments: { arguments: '"Paris"' } } },
        ],
      },
      { role: 'tool', content: '18C sunny', tool_name: 'get_weather', tool_call_id: 'call_1' },
    ]);
  });

  it('sends no tools to a model without them, says so, and keeps what was found out', async () => {
    const answers = {
      'POST /api/show': show(['completion']),
      'POST /api/chat': replay('ollama/chat_stream'),
    };
    const events = await ask('ollama', answers, { messages: history });
    expect(events[0]).toMatchObject({ type: 'stream-start', ignoresTools: true });
    expect(textOf(events)).not.toBe('');
    expect(sent('/api/chat')).not.toHaveProperty('tools');
    expect(sent('/api/chat')['messages']).toEqual([
      { role: 'user', content: 'Weather in Paris?' },
      { role: 'assistant', content: 'get_weather({"city":"Paris"})' },
      { role: 'user', content: 'Result of get_weather: 18C sunny' },
    ]);
  });

  it('passes on what a server says that tells no capabilities and refuses tools', async () => {
    const [event] = await ask('ollama', { 'POST /api/chat': replay('ollama/tools_non') });
    expect(event).toMatchObject({
      type: 'stream-error',
      error: {
        code: 'bad-request',
        detail: { said: expect.stringContaining('does not support tools') as string },
      },
    });
  });
});

describe('OpenAI-style servers', () => {
  it.each([
    ['openai', 'openai/toolcall_v1_stream', 'call_qusfjgyl', '{"city":"Paris"}'],
    ['vllm', 'vllm/tools-named-stream', 'chatcmpl-tool-a818c8ef16424764', '"Paris"'],
    [
      'instructlab',
      'instructlab/tools-named-stream',
      'call__0_get_weather_cmpl-6379a49f-38cc-423e-acb3-fec6d8297b01',
      '{ "city": "Paris" }',
    ],
  ] as const)('%s: reads the call of %s', async (kind, name, id, given) => {
    const named = { tool_choice: { type: 'function', function: { name: 'get_weather' } } };
    const events = await ask(kind, { [chatRoute]: replay(name) }, { params: { extra: named } });
    expect(sent('/v1/chat/completions')).toMatchObject({ tools: toolsOnWire, ...named });
    expect(events.slice(1)).toMatchObject([
      { type: 'tool-call', id, name: 'get_weather', arguments: given },
      { type: 'stream-end', reason: 'tool-calls' },
    ]);
  });

  it.each([
    ['vllm', 'vllm-think/tools-stream'],
    ['vllm', 'vllm-think/tools-named-stream'],
    ['llamacpp', 'llamacpp-think/tools-stream'],
  ] as const)('%s: reads the call that the server read off the text, in %s', async (kind, name) => {
    const events = await ask(kind, { [chatRoute]: replay(name) });
    const calls = events.filter(({ type }) => type === 'tool-call');
    expect(calls).toMatchObject([{ name: 'weather', arguments: '{"city": "Paris"}' }]);
    expect(events.at(-1)).toMatchObject({ type: 'stream-end', reason: 'tool-calls' });
  });

  it('gives the history in the protocol’s form', async () => {
    await ask('openai', { [chatRoute]: replay('openai/v1_chat_stream') }, { messages: history });
    expect(sent('/v1/chat/completions')['messages']).toEqual([
      { role: 'user', content: 'Weather in Paris?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
          },
        ],
      },
      { role: 'tool', content: '18C sunny', tool_call_id: 'call_1', name: 'get_weather' },
    ]);
  });

  const piece = (text: string): object => ({
    choices: [{ delta: { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: text } }] } }],
  });

  it('takes a whole call for an end where the server forgets to say so', async () => {
    const events = await ask('openai', { [chatRoute]: stream(piece('{"x":'), piece('1}')) });
    expect(events.slice(1)).toMatchObject([
      { type: 'tool-call', arguments: '{"x":1}' },
      { type: 'stream-end', reason: 'tool-calls' },
    ]);
  });

  it('does not take half a call for one', async () => {
    const events = await ask('openai', { [chatRoute]: stream(piece('{"x":')) });
    expect(events.slice(1)).toMatchObject([{ type: 'stream-error', error: { code: 'malformed-stream' } }]);
    await server.close();
    const cut = { choices: [{ delta: {}, finish_reason: 'length' }] };
    const cutEvents = await ask('openai', { [chatRoute]: stream(piece('{"x":'), cut) });
    expect(cutEvents.at(-1)).toMatchObject({ type: 'stream-end', reason: 'length' });
  });

  it('says how to start vLLM with tools', async () => {
    const [event] = await ask('vllm', { [chatRoute]: replay('vllm/tools-without-parser') });
    expect(event).toMatchObject({
      type: 'stream-error',
      error: {
        code: 'bad-request',
        message: 'vLLM was started without tools.',
        detail: { hint: expect.stringContaining('--tool-call-parser') as string },
      },
    });
  });

  it('tells InstructLab of no tools unless one is named: it would write the call as text', async () => {
    const answers = { [chatRoute]: replay('instructlab/chat-stream') };
    const [begin] = await ask('instructlab', answers, { params: { extra: { tool_choice: 'required' } } });
    expect(begin).toMatchObject({ type: 'stream-start', ignoresTools: true });
    expect(sent('/v1/chat/completions')).not.toHaveProperty('tools');
  });

  it('believes llama.cpp that the template has no tools', async () => {
    const props = 'GET /props?model=smollm2';
    const answers = { [chatRoute]: replay('llamacpp/chat-stream'), [props]: replay('llamacpp/props') };
    const events = await ask('llamacpp', answers);
    expect(events[0]).toMatchObject({ type: 'stream-start', ignoresTools: true });
    expect(sent('/v1/chat/completions')).not.toHaveProperty('tools');
    await server.close();
    const capable = json({ chat_template_caps: { supports_tools: true } });
    const [begin] = await ask('llamacpp', { ...answers, [props]: capable });
    expect(begin).not.toHaveProperty('ignoresTools');
    expect(sent('/v1/chat/completions')['tools']).toEqual(toolsOnWire);
  });

  it('sends no tools with a plain prompt, and says so', async () => {
    const answers = { 'POST /v1/completions': replay('vllm/completions-stream') };
    const [begin] = await ask('vllm', answers, { promptFormat: 'plain' });
    expect(begin).toMatchObject({ ignoresTools: true });
    expect(sent('/v1/completions')).not.toHaveProperty('tools');
  });
});

describe('a backend that takes no tools', () => {
  it('is not told of them, and the answer says so', async () => {
    server = await startReplayServer({});
    const seen: ChatRequest[] = [];
    const backend = {
      async *chat(request: ChatRequest) {
        seen.push(request);
        yield { type: 'stream-start', modelId: 'm', effects: [] } as const;
        yield { type: 'stream-end', reason: 'stop' } as const;
      },
    };
    const events = await collectEvents(backend, {
      modelId: 'm',
      messages: history,
      params: {},
      tools: [weather],
    });
    expect(events[0]).toEqual({ type: 'stream-start', modelId: 'm', effects: [], ignoresTools: true });
    expect(seen[0]).not.toHaveProperty('tools');
    expect(seen[0]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });
});
