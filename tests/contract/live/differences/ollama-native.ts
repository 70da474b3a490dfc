/** What Ollama says and does not say (REAL-SERVERS). */
import type { DifferenceCase, Reply } from './case';

const messages = [{ role: 'user', content: 'Hi' }];
const short = { num_predict: 2, temperature: 0, num_ctx: 512 };
const chat = (more: object): object => ({
  model: 'smollm2',
  messages,
  stream: false,
  options: short,
  ...more,
});
const tooLong = [{ role: 'user', content: 'word '.repeat(700) }];

function ollama(what: string, path: string, body: object, reply: Reply): DifferenceCase {
  return { what, path, body, replies: { ollama: reply } };
}

export const ollamaNative: readonly DifferenceCase[] = [
  ollama('a prompt beyond the window is cut in silence', '/api/chat', chat({ messages: tooLong }), {
    status: 200,
    body: /"done":true/,
  }),
  ollama('unless it must not be', '/api/chat', chat({ messages: tooLong, truncate: false }), {
    status: 400,
    body: /exceeds? the (available )?context/,
  }),
  ollama(
    'an unknown option is ignored in silence',
    '/api/chat',
    chat({ options: { ...short, nonsense: 1 } }),
    {
      status: 200,
    },
  ),
  ollama('an option of the wrong type', '/api/chat', chat({ options: { ...short, top_k: 'many' } }), {
    status: 500,
  }),
  ollama('a bad format', '/api/chat', chat({ format: 'nonsense' }), { status: 500 }),
  ollama('an unknown model', '/api/chat', chat({ model: 'nope' }), {
    status: 404,
    body: /model 'nope' not found/,
  }),
  ollama(
    'tools for a model without',
    '/api/chat',
    chat({ tools: [{ type: 'function', function: { name: 'x' } }] }),
    {
      status: 400,
      body: /smollm2:latest does not support tools/,
    },
  ),
  ollama('thinking for a model without', '/api/chat', chat({ think: true }), {
    status: 400,
    body: /does not support thinking/,
  }),
  ollama('no thinking for a model without', '/api/chat', chat({ think: false }), { status: 200 }),
  ollama('chat with a model for vectors', '/api/chat', chat({ model: 'smollm2-embed' }), {
    status: 400,
    body: /does not support chat/,
  }),
  ollama(
    'vectors of a model that chats',
    '/api/embed',
    { model: 'smollm2', input: 'hi' },
    {
      status: 200,
      body: /"embeddings":\[\[/,
    },
  ),
  ollama('a time to keep without a unit', '/api/chat', chat({ keep_alive: '60' }), {
    status: 400,
    body: /missing unit/,
  }),
];
