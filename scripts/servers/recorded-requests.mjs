/** What `npm run servers -- record` asks, by the name that the recording gets. */

/** @typedef {{ path: string, body: Record<string, unknown>, withVectors?: true }} RecordedRequest */

/** Room for few tokens: recordings are read by people too. */
const chat = {
  max_tokens: 8,
  temperature: 0,
  seed: 1,
  stream: true,
  stream_options: { include_usage: true },
};
const question = [{ role: 'user', content: 'What is the capital of France?' }];
const begun = [...question, { role: 'assistant', content: 'The capital of France is' }];
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools = [
  { type: 'function', function: { name: 'weather', description: 'Weather of a city', parameters } },
];
const grammar = 'root ::= "blue whale" | "red fox"';
const path = '/v1/chat/completions';

/** @type {Readonly<Record<string, RecordedRequest>>} */
const both = {
  'chat-stream-logprobs': { path, body: { messages: question, ...chat, logprobs: true, top_logprobs: 2 } },
  'chat-tools-stream': { path, body: { messages: question, ...chat, tools } },
  'chat-thinking-stream': {
    path,
    body: { messages: question, ...chat, chat_template_kwargs: { enable_thinking: true } },
  },
  'embeddings-two': {
    path: '/v1/embeddings',
    body: { input: ['hello world', 'goodbye'], encoding_format: 'float' },
    withVectors: true,
  },
};

/** @type {Readonly<Record<string, Readonly<Record<string, RecordedRequest>>>>} */
export const recordedRequests = {
  vllm: {
    ...both,
    'chat-grammar-stream': { path, body: { messages: question, ...chat, structured_outputs: { grammar } } },
    'chat-continue-stream': {
      path,
      body: { messages: begun, ...chat, add_generation_prompt: false, continue_final_message: true },
    },
  },
  llamacpp: {
    ...both,
    'chat-grammar-stream': { path, body: { messages: question, ...chat, grammar } },
    'chat-continue-stream': { path, body: { messages: begun, ...chat } },
  },
};
