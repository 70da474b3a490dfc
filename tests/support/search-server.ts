/** A search of its own shape that lets pages read its answers; its results lie deep inside, as Elasticsearch has them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SearchServer {
  readonly url: string;
  /** Bodies of what was asked, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

const hits = [
  { text: 'The zephyr buoy was painted green.', title: 'Harbour log', link: 'https://harbour.example/log' },
  { text: 'Buoys are painted in spring.', title: 'Almanac', link: 'javascript:alert(1)' },
];

const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type' };

export async function startSearchServer(): Promise<SearchServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end();
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      asked.push(body);
      const found = hits.map(({ text, title, link }, place) => ({
        _score: 3 - place,
        _source: { text, title, link },
      }));
      response
        .writeHead(200, { ...headers, 'Content-Type': 'application/json' })
        .end(JSON.stringify({ took: 3, hits: { hits: found } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
