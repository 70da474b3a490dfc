/** A real HTTP server in the place of a model server: it notes what it is asked and answers as the test says. */
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface NotedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  body: string;
}

interface FakeServer {
  readonly url: string;
  readonly port: number;
  /** In the order of arrival. */
  readonly requests: NotedRequest[];
}

/** Ends with the test. */
export async function fakeServer(answer: RequestListener): Promise<FakeServer> {
  const requests: NotedRequest[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers, rawHeaders } = request;
    const noted: NotedRequest = { method, url, headers, rawHeaders, body: '' };
    requests.push(noted);
    request.setEncoding('utf8').on('data', (text: string) => (noted.body += text));
    request.on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests };
}

/** Answers by path with status 200 and JSON; other paths get 404. */
export function jsonByPath(replies: Readonly<Record<string, unknown>>): RequestListener {
  return (request, response) => {
    const reply = replies[request.url ?? ''];
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? { detail: 'Not Found' }));
  };
}
