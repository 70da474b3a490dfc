/** A real HTTP server on a free port that answers as told and remembers what it was asked. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Recording } from './recording';
import { readRecording } from './recording';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface ReplayServer {
  readonly baseUrl: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** @param answers By `METHOD /path`; anything else is answered 404 in plain text. */
export async function startReplayServer(answers: Readonly<Record<string, Answer>>): Promise<ReplayServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void readAll(incoming).then((body) => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, path: url, headers, body };
      requests.push(request);
      const answer = answers[`${method} ${url}`];
      if (answer) answer(response, request);
      else response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function replay(name: string): Answer {
  const recording = readRecording(name);
  return (response) => send(response, recording);
}

/** Sends the beginning of a recorded stream and then nothing more; tells when the client has gone. */
export function replayAndHang(name: string, bytes: number): { answer: Answer; clientGone: Promise<void> } {
  const { status, headers, body } = readRecording(name);
  let gone = (): void => undefined;
  const clientGone = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const answer: Answer = (response) => {
    response.on('close', gone);
    response.writeHead(status, headers).write(body.slice(0, bytes));
  };
  return { answer, clientGone };
}

function send(response: ServerResponse, { status, headers, body, isCut }: Recording): void {
  response.writeHead(status, headers);
  if (!isCut) return void response.end(body);
  response.write(body, () => response.socket?.destroy());
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  let all = '';
  for await (const piece of incoming.setEncoding('utf8')) all += piece as string;
  return all;
}
