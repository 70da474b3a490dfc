/** What `npm run servers -- record` asks, by the name that the recording gets. */

/** @typedef {{ path: string, body?: Record<string, unknown>, withVectors?: true }} RecordedRequest without a body it is a GET */

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

/** The servers that think and call tools; so weak a model thinks to an end only by a grammar, and calls what it saw called. */
const thought = String.raw`root ::= [A-Z] [a-z ]{4,30} "\n</think>\n\n" [0-9]{1,4}`;
const longer = { ...chat, max_tokens: 60 };
const calls = ['Rome', 'Oslo', 'Berlin'].flatMap((city) => [
  { role: 'user', content: `How is the weather in ${city}?` },
  {
    role: 'assistant',
    content: `<think>\n\n</think>\n\n<tool_call>\n{"name": "weather", "arguments": {"city": "${city}"}}\n</tool_call>`,
  },
]);
const weatherInParis = { role: 'user', content: 'How is the weather in Paris?' };
const on = { chat_template_kwargs: { enable_thinking: true } };
const off = { chat_template_kwargs: { enable_thinking: false } };
const toolsByItself = { path, body: { messages: [...calls, weatherInParis], ...longer, ...off, tools } };
const named = { tool_choice: { type: 'function', function: { name: 'weather' } } };

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
  'vllm-think': {
    'thinking-stream': {
      path,
      body: { messages: question, ...longer, ...on, structured_outputs: { grammar: thought } },
    },
    'tools-stream': toolsByItself,
    'tools-named-stream': { ...toolsByItself, body: { ...toolsByItself.body, ...named } },
  },
  'llamacpp-think': {
    'thinking-stream': { path, body: { messages: question, ...longer, ...on, grammar: thought } },
    'tools-stream': toolsByItself,
  },
  // In this order, right after it has started.
  'llamacpp-router': {
    props: { path: '/props' },
    models: { path: '/v1/models' },
    'unload-refused': { path: '/models/unload', body: {} },
    load: { path: '/models/load', body: {} },
    'models-loading': { path: '/v1/models' },
    'load-refused': { path: '/models/load', body: {} },
    'chat-stream': { path, body: { messages: question, ...chat } },
    'models-loaded': { path: '/v1/models' },
    unload: { path: '/models/unload', body: {} },
  },
};
