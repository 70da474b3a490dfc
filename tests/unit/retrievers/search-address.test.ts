/** A search elsewhere over real HTTP: what it is asked, what is made of its answers, and what is said where that fails. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SearchAddress } from '../../../src/core/document';
import { usualRetrieval } from '../../../src/core/retrieval';
import { SearchAddressRetriever } from '../../../src/retrievers/search-address/search-address-retriever';

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/find?in=all`;
}

const address = (url: string, more: Partial<SearchAddress> = {}): SearchAddress => ({
  kind: 'search-address',
  label: 'Wiki',
  url,
  via: 'direct',
  method: 'POST',
  questionField: 'query.text',
  resultsPath: 'hits',
  textPath: 'text',
  sourcePath: 'from.title',
  urlPath: 'from.link',
  scorePath: 'score',
  ...more,
});

const hits = [
  { text: 'Boil it for an hour.', from: { title: 'Beans', link: 'https://wiki.example/beans' }, score: 0.9 },
  { text: ['Let it', 'rest.'], from: {}, score: '0.4' },
];

function search(source: SearchAddress, passages = 5, signal = new AbortController().signal) {
  const retriever = new SearchAddressRetriever('c', source);
  const query = { text: 'how long?', settings: { ...usualRetrieval, passages }, filter: { from: 1 } };
  return retriever.search(query, signal).then((found) => ({ found, notices: retriever.lastNotices }));
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

describe('a search elsewhere', () => {
  it('gets the question as JSON, and its results are passages in its order', async () => {
    let sent = '';
    const url = await serving((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => (sent += text));
      request.on('end', () => json({ hits })(request, response));
    });
    const { found, notices } = await search(address(url, { countField: 'size' }));
    expect(JSON.parse(sent)).toEqual({ query: { text: 'how long?' }, size: 5 });
    expect(found).toEqual([
      {
        collectionId: 'c',
        documentName: 'Beans',
        url: 'https://wiki.example/beans',
        headings: [],
        text: 'Boil it for an hour.',
        scores: { told: 0.9, fused: 1 },
      },
      {
        collectionId: 'c',
        documentName: 'Wiki',
        headings: [],
        text: 'Let it\nrest.',
        scores: { told: 0.4, fused: 0.5 },
      },
    ]);
    expect(notices).toEqual([expect.stringContaining('knows nothing of the chosen files and dates')]);
  });

  it('gets it as part of the address, and no more passages are taken than were asked for', async () => {
    let asked = '';
    const url = await serving((request, response) => {
      asked = request.url ?? '';
      json(['first', 'second', 7, {}])(request, response);
    });
    const bare = address(url, { method: 'GET', questionField: 'q', resultsPath: '', textPath: '' });
    const { found, notices } = await search(bare, 2);
    expect(asked).toBe('/find?in=all&q=how+long%3F');
    expect(found.map(({ text }) => text)).toEqual(['first', 'second']);
    expect(notices[0]).toContain('One result of Wiki came without a text');
  });

  it('finds nothing where it finds nothing', async () => {
    expect((await search(address(await serving(json({ hits: [] }))))).found).toEqual([]);
  });

  it.each([
    ['a list elsewhere', json({ data: { hits } }), 'malformed-stream', 'has no list at “hits”', 'data (hits'],
    ['texts elsewhere', json({ hits: [{ body: 'x' }] }), 'malformed-stream', 'has a text at “text”', 'body'],
    ['a key wanted', json({}, 401), 'unauthorized', 'asks for a key', '{}'],
    ['a failure', json({ detail: 'broken' }, 500), 'server-failed', 'HTTP 500', 'broken'],
    [
      'a web page',
      (_: unknown, response: Parameters<RequestListener>[1]) => response.end('<html>'),
      'malformed-stream',
      'with a web page',
      '<html>',
    ],
  ] satisfies [string, RequestListener, string, string, string][])(
    'says what is wrong: %s',
    async (_name, answer, code, message, said) => {
      await expect(search(address(await serving(answer)))).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message) as string,
        detail: { said: expect.stringContaining(said) as string },
      });
    },
  );

  it('says that nobody answers, and that the address is none', async () => {
    await expect(search(address('http://127.0.0.1:9/'))).rejects.toMatchObject({ code: 'unreachable' });
    await expect(search(address('javascript:alert(1)'))).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('does not read an answer without end', async () => {
    const url = await serving((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    await expect(search(address(url))).rejects.toMatchObject({ code: 'malformed-stream' });
  });

  it('stops when the answer is stopped', async () => {
    const stop = new AbortController();
    const url = await serving(() => stop.abort(new Error('stopped')));
    await expect(search(address(url), 5, stop.signal)).rejects.toThrow('stopped');
  });
});
