/** Where vLLM, InstructLab and llama.cpp differ (REAL-SERVERS, the table). */
import { chatBody, chatPath } from './case';
import type { DifferenceCase } from './case';

const tooLong = { messages: [{ role: 'user', content: 'word '.repeat(6000) }] };
const schema = (of: object): object => ({
  response_format: { type: 'json_schema', json_schema: { name: 'x', schema: of } },
});
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const parts = (...content: object[]): object => ({ messages: [{ role: 'user', content }] });

export const openAiStyle: readonly DifferenceCase[] = [
  {
    what: 'health',
    path: '/health',
    withoutKey: true,
    replies: {
      vllm: { status: 200, body: /^$/ },
      instructlab: { status: 404 },
      llamacpp: { status: 200, body: /"status":"ok"/ },
    },
  },
  {
    what: 'version',
    path: '/version',
    withoutKey: true,
    replies: {
      vllm: { status: 200, body: /"version":"\d/ },
      instructlab: { status: 404 },
    },
  },
  {
    what: 'description of its API, with a version',
    path: '/openapi.json',
    withoutKey: true,
    replies: {
      // That of what it serves with, not its own.
      instructlab: { status: 200, body: /"info":\{"title":"[^"]*","version":"0\.3\.6"\}/ },
      llamacpp: { status: 401 },
    },
  },
  {
    what: 'properties',
    path: '/props',
    replies: {
      vllm: { status: 404 },
      instructlab: { status: 404 },
      llamacpp: { status: 200, body: /"build_info"/ },
    },
  },
  {
    what: 'greeting',
    path: '/',
    replies: { vllm: { status: 404 }, instructlab: { status: 200, body: /Hello from InstructLab/ } },
  },
  {
    what: 'name of a model',
    path: '/v1/models',
    replies: {
      vllm: { status: 200, body: /"max_model_len":2048/ },
      instructlab: { status: 200, body: /"id":"([A-Z]:|\/)[^"]+\.gguf"/ },
      llamacpp: { status: 200, body: /"n_ctx":/ },
    },
  },
  {
    what: 'metrics',
    path: '/metrics',
    replies: {
      vllm: { status: 200, body: /^vllm:/m },
      instructlab: { status: 404 },
      llamacpp: { status: 200, body: /^llamacpp:/m },
    },
  },
  {
    what: 'token counts in a stream',
    path: chatPath,
    body: chatBody({ stream: true, stream_options: { include_usage: true } }),
    replies: {
      vllm: { status: 200, body: /"choices":\[\].*"usage":\{/ },
      instructlab: { status: 200, notBody: /"usage"/ },
      llamacpp: { status: 200, body: /"choices":\[\].*"timings"/ },
    },
  },
  {
    what: 'first delta of a stream',
    path: chatPath,
    body: chatBody({ stream: true }),
    replies: {
      vllm: { status: 200, body: /^data: .*"delta":\{"role":"assistant","content":""/ },
      instructlab: { status: 200, body: /^data: .*"delta": ?\{"role": ?"assistant"\}/ },
      llamacpp: { status: 200, body: /^data: .*"delta":\{"role":"assistant","content":null\}/ },
    },
  },
  {
    what: 'unknown model',
    path: chatPath,
    body: chatBody({ model: 'nope' }),
    replies: {
      vllm: { status: 404, body: /NotFoundError/ },
      instructlab: { status: 200, body: /"model":"nope"/ },
      llamacpp: { status: 200, notBody: /nope/ },
    },
  },
  {
    what: 'unknown field',
    path: chatPath,
    body: chatBody({ never_heard_of: 1 }),
    replies: { vllm: { status: 200 }, instructlab: { status: 200 }, llamacpp: { status: 200 } },
  },
  {
    what: 'JSON schema',
    path: chatPath,
    body: chatBody(schema({ type: 'object', properties: {}, additionalProperties: false })),
    replies: {
      vllm: { status: 200 },
      instructlab: { status: 500, body: /json_object/ },
      llamacpp: { status: 200 },
    },
  },
  {
    what: 'bad JSON schema',
    path: chatPath,
    body: chatBody(schema({ type: 'nonsense' })),
    replies: { vllm: { status: 400 }, instructlab: { status: 500 }, llamacpp: { status: 400 } },
  },
  {
    what: 'more tokens than there can be',
    path: chatPath,
    body: chatBody({ max_tokens: 100_000, stop: [' '] }),
    replies: {
      vllm: { status: 400, body: /max_tokens=100000 cannot be greater than max_model_len=2048/ },
      instructlab: { status: 200 },
      llamacpp: { status: 200 },
    },
  },
  {
    what: 'prompt beyond the window',
    path: chatPath,
    body: chatBody(tooLong),
    replies: {
      vllm: { status: 400, body: /at least 2049.*"param":"input_tokens"/ },
      instructlab: { status: 400, body: /context_length_exceeded/ },
      llamacpp: { status: 400, body: /exceed_context_size_error/ },
    },
  },
  {
    what: 'prompt beyond the window, streaming',
    path: chatPath,
    body: chatBody({ ...tooLong, stream: true }),
    replies: {
      vllm: { status: 400 },
      instructlab: { status: 200, notBody: /data:/ },
      llamacpp: { status: 400 },
    },
  },
  {
    what: 'malformed JSON',
    path: chatPath,
    body: '{"model":',
    replies: {
      vllm: { status: 400, body: /^\{/ },
      instructlab: { status: 500, notBody: /^\{/, allowed: null },
      llamacpp: { status: 400, body: /^\{/ },
    },
  },
  {
    what: 'negative temperature',
    path: chatPath,
    body: chatBody({ temperature: -1 }),
    replies: { vllm: { status: 400 }, instructlab: { status: 200 }, llamacpp: { status: 200 } },
  },
  {
    what: 'no messages',
    path: chatPath,
    body: chatBody({ messages: [] }),
    replies: { vllm: { status: 400 }, instructlab: { status: 200 }, llamacpp: { status: 200 } },
  },
  {
    what: 'text as a list of parts',
    path: chatPath,
    body: chatBody(parts({ type: 'text', text: 'Hi' })),
    replies: { vllm: { status: 200 }, instructlab: { status: 500 }, llamacpp: { status: 200 } },
  },
  {
    what: 'image to a model without eyes',
    path: chatPath,
    body: chatBody(parts({ type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } })),
    replies: { vllm: { status: 400 }, instructlab: { status: 500 }, llamacpp: { status: 500 } },
  },
  {
    what: 'vectors of a model that chats',
    path: '/v1/embeddings',
    body: { model: '$MODEL', input: 'hi' },
    replies: {
      vllm: { status: 404 },
      instructlab: { status: 500, body: /embedding=True/ },
      llamacpp: { status: 501 },
    },
  },
  {
    what: 'responses',
    path: '/v1/responses',
    body: { model: '$MODEL', input: 'Say hi', max_output_tokens: 4 },
    replies: { vllm: { status: 200 }, instructlab: { status: 404 }, llamacpp: { status: 200 } },
  },
  {
    what: 'messages as Anthropic words them',
    path: '/v1/messages',
    body: { model: '$MODEL', max_tokens: 4, messages: [{ role: 'user', content: 'Hi' }] },
    replies: { vllm: { status: 200 }, instructlab: { status: 404 }, llamacpp: { status: 200 } },
  },
  {
    what: 'tokens of a prompt',
    path: '/tokenize',
    body: { model: '$MODEL', prompt: 'Hello world', content: 'Hello world' },
    replies: { vllm: { status: 200 }, instructlab: { status: 404 }, llamacpp: { status: 200 } },
  },
];
