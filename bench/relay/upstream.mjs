/**
 * The server behind every subject, started with a message channel. What it answers stands in the body of the
 * request, in fields that every gateway passes on: `stream`, `max_tokens` frames, and `user` names the stream.
 * The model `flood` sends 100 MB as fast as they are taken. Prints its port.
 */
import { createServer } from 'node:http';
import { clockMs } from './clock.mjs';

/** @typedef {{ kind: 'cut', user: string, atMs: number } | { kind: 'live', count: number }} UpstreamNews */

const paceMs = 20;
const floodBytes = 100e6;
const piece = Buffer.from(`data: {"choices":[{"index":0,"delta":{"content":"${'x'.repeat(16_000)}"}}]}\n\n`);
const answer = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
});
const answerHeaders = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) };
const streamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
let live = 0;

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    /** @type {{ model: string, stream?: boolean, max_tokens: number, user?: string }} */
    const asked = JSON.parse(text);
    if (asked.stream !== true) {
      response.writeHead(200, answerHeaders).end(answer);
      return;
    }
    response.writeHead(200, streamHeaders);
    live++;
    response.on('close', () => {
      live--;
      if (!response.writableEnded) tell({ kind: 'cut', user: asked.user ?? '', atMs: clockMs() });
    });
    if (asked.model === 'flood') flood(response);
    else stream(response, asked.max_tokens);
  });
});
process.on('message', () => tell({ kind: 'live', count: live }));
// A proxy that keeps connections may send on one that is being closed for its idleness; nginx answers that with a 502.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`port ${address.port}`);
});

/** Each frame bears the time at which it left. @param {import('node:http').ServerResponse} response @param {number} frames */
function stream(response, frames) {
  let sent = 0;
  const send = () => {
    const content = `t${clockMs().toFixed(3)} `;
    response.write(
      `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`,
    );
    if (++sent < frames) return;
    clearInterval(timer);
    response.end('data: [DONE]\n\n');
  };
  const timer = setInterval(send, paceMs);
  response.on('close', () => clearInterval(timer));
  send();
}

/** @param {import('node:http').ServerResponse} response */
function flood(response) {
  let left = floodBytes;
  const push = () => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', push);
        return;
      }
    }
    response.end();
  };
  push();
}

/** @param {UpstreamNews} news */
function tell(news) {
  process.send?.(news);
}
