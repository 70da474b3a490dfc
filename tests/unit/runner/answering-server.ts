/** A server of OpenAI's API whose answers are set by the test, and that notes what it is asked. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedRequest {
  readonly prompt: string;
  readonly model: string;
  readonly temperature?: number;
  readonly seed?: number;
  readonly authorization: string | undefined;
}

/** A text to answer, a status to refuse with, or silence until the client goes away. */
export type Reaction = string | number | undefined;

export interface AnsweringServer {
  readonly url: string;
  readonly asked: readonly AskedRequest[];
  /** The most requests that were answered at the same time. */
  readonly mostAtOnce: () => number;
  /** Requests for the list of models. */
  readonly listed: () => number;
  stop(): Promise<void>;
}

export async function startAnsweringServer(
  react: (request: AskedRequest) => Reaction | Promise<Reaction>,
): Promise<AnsweringServer> {
  const asked: AskedRequest[] = [];
  let [listed, running, mostAtOnce] = [0, 0, 0];
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      if (request.url === '/v1/models') listed++;
      const known =
        request.url === '/v1/models' ? { data: [{ id: 'm' }, { id: 'n' }] } : { version: '0.9.1' };
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(known));
    }
    running++;
    mostAtOnce = Math.max(mostAtOnce, running);
    response.once('close', () => running--);
    void bodyOf(request).then(async (text) => {
      const { messages, model, temperature, seed } = JSON.parse(text) as AskedRequest & {
        messages: { content: string }[];
      };
      const { authorization } = request.headers;
      const one = { prompt: messages.at(-1)?.content ?? '', model, temperature, seed, authorization };
      asked.push(one);
      const reaction = await react(one);
      if (reaction === undefined) return;
      if (typeof reaction === 'number') return response.writeHead(reaction).end('{"error":{"message":"no"}}');
      const delta = { choices: [{ index: 0, delta: { content: reaction }, finish_reason: 'stop' }] };
      const usage = { choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return response.end(
        [delta, usage].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') + 'data: [DONE]\n\n',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    mostAtOnce: () => mostAtOnce,
    listed: () => listed,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
