/** Only listed paths reach a server, however an address is spelled; over real sockets. */
import { describe, expect, it } from 'vitest';
import { isAllowedRequest } from '../../../../relay/forward/allowed-paths';
import { fakeServer } from '../support/fake-server';
import { rawRequest } from '../support/raw-request';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

async function relayBeforeServer(prefix = '') {
  const server = await fakeServer((_request, response) => response.end('{}'));
  const upstreams = [upstreamOf('ollama', server.url + prefix), upstreamOf('openai', server.url + prefix)];
  const relay = await runningRelay({ upstreams });
  return { relay, server };
}

describe('the list', () => {
  it.each([
    ['ollama', 'POST', '/api/chat', true],
    ['ollama', 'POST', '/api/embed', true],
    ['ollama', 'GET', '/api/tags', true],
    ['ollama', 'HEAD', '/api/tags', true],
    ['ollama', 'POST', '/v1/embeddings', true],
    ['ollama', 'GET', '/api/chat', false],
    ['ollama', 'POST', '/api/pull', false],
    ['ollama', 'POST', '/api/push', false],
    ['ollama', 'POST', '/api/create', false],
    ['ollama', 'POST', '/api/copy', false],
    ['ollama', 'DELETE', '/api/delete', false],
    ['ollama', 'POST', '/api/delete', false],
    ['ollama', 'HEAD', '/api/blobs/sha256:00', false],
    ['ollama', 'POST', '/api/blobs/sha256:00', false],
    ['ollama', 'GET', '/', false],
    ['vllm', 'POST', '/v1/chat/completions', true],
    ['vllm', 'POST', '/tokenize', true],
    ['vllm', 'GET', '/version', true],
    ['vllm', 'POST', '/v1/load_lora_adapter', false],
    ['vllm', 'POST', '/pause', false],
    ['vllm', 'GET', '/metrics', false],
    ['instructlab', 'POST', '/extras/tokenize/count', true],
    ['instructlab', 'GET', '/', true],
    ['llamacpp', 'GET', '/props', true],
    ['llamacpp', 'POST', '/props', false],
    ['llamacpp', 'POST', '/slots/0?action=erase', false],
    ['openai', 'GET', '/v1/models', true],
    ['openai', 'DELETE', '/v1/models/x', false],
    ['openai', 'POST', '/v1/files', false],
  ] as const)('%s %s %s: %s', (kind, method, path, isAllowed) => {
    expect(isAllowedRequest(kind, method, path)).toBe(isAllowed);
  });
});

describe('a spelling that would lead elsewhere', () => {
  const escapes = [
    '/relay/ollama/api/chat/../pull',
    '/relay/ollama/../ollama/api/pull',
    '/relay/ollama/api/./pull',
    '/relay/ollama/api/chat/..%2fpull',
    '/relay/ollama/api/chat/%2e%2e/pull',
    '/relay/ollama/api/chat/%2e%2e%2fpull',
    '/relay/ollama/api/chat%2f..%2fpull',
    '/relay/ollama/api%2fpull',
    '/relay/ollama/api%2fchat',
    '/relay/ollama/%61pi/chat',
    '/relay/ollama/api/c%68at',
    '/relay/ollama/api%5cpull',
    '/relay/ollama/api\\pull',
    '/relay/ollama/%61pi/pull',
    '/relay/ollama/API/chat',
    '/relay/ollama//api/chat',
    '/relay/ollama/api//chat',
    '/relay/ollama/api/chat/',
    '/relay/ollama/api/chat;x',
    '/relay/ollama/api/chat%00',
    '/relay/ollama/api/chat%3fx',
    '/relay/ollama/api/chat#x',
    '/relay/ollama/api/pull?/api/chat',
    '/relay/ollama',
    '/relay/ollama/',
    '/relay/ollama//evil.example/api/chat',
    '/relay/ollama/http://evil.example/api/chat',
    '/relay/ollama/@evil.example/api/chat',
    '/relay/ollama:80@evil.example/api/chat',
    '/relay//ollama/api/chat',
    '//relay/ollama/api/chat',
    '//evil.example/relay/ollama/api/chat',
    '/relay/OLLAMA/api/chat',
    '/relay/%6fllama/api/chat',
    '/relay/http:%2f%2fevil.example/api/chat',
    '/relay/__proto__/api/chat',
    '/relay/constructor/api/chat',
    '/relay/../relay/ollama/api/chat',
    '/api/../relay/ollama/api/chat',
    '/x/%2e%2e/relay/ollama/api/chat',
    '/relay\\ollama/api/chat',
    '/%72elay/ollama/api/chat',
    '/relay/openai/v1/../metrics',
    '/relay/openai/v1/models/../../metrics',
    'http://evil.example/relay/ollama/api/chat',
    'http://localhost/relay/ollama/api/chat',
    'https://localhost/relay/openai/v1/models',
  ];

  it('reaches no server', async () => {
    const { relay, server } = await relayBeforeServer('/inner');
    for (const path of escapes) {
      for (const method of ['GET', 'POST']) {
        const { status } = await rawRequest(relay.port, [`${method} ${path} HTTP/1.1`]);
        expect([path, status], path).toEqual([
          path,
          expect.toSatisfy((code: number) => code >= 400 && code < 500),
        ]);
      }
    }
    expect(server.requests).toEqual([]);
  });

  it('is told apart from a good one', async () => {
    const { relay, server } = await relayBeforeServer('/inner');
    const post = await rawRequest(relay.port, ['POST /relay/ollama/api/chat?x=%2e%2e HTTP/1.1'], '{}');
    const get = await rawRequest(relay.port, ['GET /relay/openai/v1/models HTTP/1.1']);
    expect([post.status, get.status]).toEqual([200, 200]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/inner/api/chat?x=%2e%2e', '/inner/v1/models']);
  });

  it('says why it was refused', async () => {
    const { relay } = await relayBeforeServer();
    const pull = await rawRequest(relay.port, ['POST /relay/ollama/api/create HTTP/1.1'], '{}');
    expect(pull.status).toBe(403);
    expect(JSON.parse(pull.body)).toEqual({
      error: { code: 'bad-request', message: expect.stringMatching(/none of them/) as string },
    });
    const unknown = await rawRequest(relay.port, ['GET /relay/nobody/v1/models HTTP/1.1']);
    expect([unknown.status, JSON.parse(unknown.body)]).toEqual([
      404,
      { error: { code: 'bad-request', message: expect.stringMatching(/no server by this name/) as string } },
    ]);
  });
});
