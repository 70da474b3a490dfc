/** An OpenAI-style server whose models write one long answer each at a fixed rate, one event per token as real servers do. */
import { createServer } from 'node:http';

/** Answered with a few words and a little code, so that whatever loads late is there before the measuring. */
export const warmUpPrompt = 'warm up';
const warmUp = ['Warm: ', '**bold**\n\n', '```ts\nconst a = 1;\n```\n\n', '| a |\n|---|\n| 1 |\n\n', 'end'];

/** @param {unknown} value */
const event = (value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
/** @param {object} delta @param {string | null} finish */
const chunk = (delta, finish) =>
  event({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'stream',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });

/** @typedef {{ tokens: readonly string[], rate: number }} Stream the long answer of a model, and its tokens per second */

/**
 * @param {Readonly<Record<string, Stream>>} models by id
 * @returns {Promise<{ url: string, endedAt: () => number, stop: () => void }>} `endedAt`: when the last token of all went out, as `Date.now()`
 */
export async function startStreamServer(models) {
  let endedAt = Number.NaN;
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' });
      const data = Object.keys(models).map((id) => ({ id, object: 'model' }));
      response.end(JSON.stringify({ object: 'list', data }));
      return;
    }
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    /** @type {{ model: string, messages: { content: string }[] }} */
    const { model, messages } = JSON.parse(body);
    const stream = models[model];
    if (!stream) throw new Error(`There is no model ${model}.`);
    const tokens = messages.at(-1)?.content === warmUpPrompt ? warmUp : stream.tokens;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    write(response, tokens, stream.rate, () => {
      endedAt = Date.now();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stream server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    endedAt: () => endedAt,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {readonly string[]} tokens
 * @param {number} rate
 * @param {() => void} onEnd
 */
function write(response, tokens, rate, onEnd) {
  const start = performance.now();
  let sent = 0;
  const send = () => {
    if (response.destroyed) return;
    const due = Math.min(tokens.length, Math.floor(((performance.now() - start) / 1000) * rate));
    for (; sent < due; sent++) response.write(chunk({ content: tokens[sent] }, null));
    if (sent < tokens.length) {
      setTimeout(send, 2);
      return;
    }
    const usage = { prompt_tokens: 3, completion_tokens: tokens.length, total_tokens: tokens.length + 3 };
    response.end(chunk({}, 'stop') + event({ choices: [], usage }) + event('[DONE]'));
    onEnd();
  };
  send();
}
