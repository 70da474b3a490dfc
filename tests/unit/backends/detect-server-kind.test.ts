import { afterEach, describe, expect, it } from 'vitest';
import { detectServerKind } from '../../../src/backends/detect-server-kind';
import { replay, startReplayServer } from '../../contract/support/replay-server';
import type { Answer, ReplayServer } from '../../contract/support/replay-server';

const never = new AbortController().signal;
let server: ReplayServer | undefined;

afterEach(() => server?.close());

async function detect(recordings: Readonly<Record<string, string>>, path = ''): Promise<string | undefined> {
  const answers = Object.entries(recordings).map(([route, name]): [string, Answer] => [route, replay(name)]);
  server = await startReplayServer(Object.fromEntries(answers));
  return detectServerKind(server.baseUrl + path, fetch, never);
}

describe('detectServerKind', () => {
  it.each([
    ['instructlab', { 'GET /': 'instructlab/root', 'GET /v1/models': 'instructlab/models' }],
    [
      'ollama',
      { 'GET /': 'ollama/root', 'GET /api/version': 'ollama/version', 'GET /v1/models': 'openai/v1_models' },
    ],
    ['vllm', { 'GET /': 'vllm/root', 'GET /version': 'vllm/version', 'GET /v1/models': 'vllm/models' }],
    [
      'llamacpp',
      { 'GET /': 'llamacpp/root', 'GET /props': 'llamacpp/props', 'GET /v1/models': 'llamacpp/models' },
    ],
    ['openai', { 'GET /v1/models': 'openai/v1_models' }],
  ])('knows %s, with and without /v1', async (kind, recordings) => {
    expect(await detect(recordings)).toBe(kind);
    await server?.close();
    expect(await detect(recordings, '/v1')).toBe(kind);
  });

  it('does not take Ollama’s own API for vLLM', async () => {
    expect(await detect({ 'GET /api/version': 'ollama/version' }, '/api')).toBeUndefined();
  });

  it('knows none of them in another program', async () => {
    expect(await detect({})).toBeUndefined();
  });

  it('asks for a key where only that is missing', async () => {
    const detecting = detect({ 'GET /v1/models': 'llama-cpp-python/auth-missing-models' });
    await expect(detecting).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('asks again where the server is busy, before it takes it for another kind', async () => {
    let asked = 0;
    server = await startReplayServer({
      'GET /': (response, request) => {
        if (++asked < 3) response.writeHead(503, { 'content-type': 'text/plain' }).end('Service Unavailable');
        else replay('instructlab/root')(response, request);
      },
      'GET /v1/models': replay('instructlab/models'),
    });
    expect(await detectServerKind(server.baseUrl, fetch, never)).toBe('instructlab');
  });

  it('does not guess while the server is too busy to tell', async () => {
    server = await startReplayServer({
      'GET /': (response) => response.writeHead(503).end('Service Unavailable'),
      'GET /v1/models': replay('instructlab/models'),
    });
    const detecting = detectServerKind(server.baseUrl, fetch, never);
    await expect(detecting).rejects.toMatchObject({ code: 'server-failed', detail: { status: 503 } });
  });

  it('says when nothing answers', async () => {
    const silent: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(detectServerKind('http://h', silent, never)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('asks one thing at a time', async () => {
    let open = 0;
    let most = 0;
    const counting: typeof fetch = async (input, init) => {
      most = Math.max(most, ++open);
      try {
        return await fetch(input, init);
      } finally {
        open--;
      }
    };
    server = await startReplayServer({ 'GET /v1/models': replay('openai/v1_models') });
    await detectServerKind(server.baseUrl, counting, never);
    expect(most).toBe(1);
  });
});
