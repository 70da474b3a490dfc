/** `/api/status` and `/api/config`: what is said about servers that answer, fail, or are something else. */
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { RelayConfig, RelayStatus, UpstreamStatus } from '../../../relay/contract';
import type { UpstreamSettings } from '../../../relay/settings/settings';
import { fakeServer, jsonByPath } from './support/fake-server';
import { runningRelay } from './support/running-relay';
import { upstreamOf } from './support/settings';

async function statusOf(...upstreams: UpstreamSettings[]): Promise<readonly UpstreamStatus[]> {
  const relay = await runningRelay({ upstreams });
  return ((await (await fetch(`${relay.url}/api/status`)).json()) as RelayStatus).upstreams;
}

const vllm = jsonByPath({
  '/v1/models': { object: 'list', data: [{ id: 'm', object: 'model', root: '/srv/m', max_model_len: 2048 }] },
  '/version': { version: '0.32.0' },
});
const greeting = { message: 'Hello from InstructLab! Visit us at https://instructlab.ai' };
const instructLab = jsonByPath({ '/v1/models': { data: [{ id: '/srv/m.Q4_1.gguf' }] }, '/': greeting });

describe('a server that answers', () => {
  it('Ollama', async () => {
    const server = await fakeServer(
      jsonByPath({
        '/api/version': { version: '0.17.4' },
        '/api/tags': {
          models: [
            {
              name: 'smollm2:latest',
              size: 98_363_149,
              digest: 'd502',
              details: { quantization_level: 'Q4_1' },
            },
            { name: 'bare' },
          ],
        },
        '/api/ps': { models: [{ name: 'smollm2:latest' }] },
      }),
    );
    const [status] = await statusOf(upstreamOf('ollama', server.url, { label: 'Ollama' }));
    expect(status).toEqual({
      id: 'ollama',
      kind: 'ollama',
      label: 'Ollama',
      url: server.url,
      state: 'ready',
      hasKey: false,
      version: '0.17.4',
      models: [
        {
          id: 'smollm2:latest',
          bytes: 98_363_149,
          quantization: 'Q4_1',
          digest: 'd502',
          isLoaded: true,
        },
        { id: 'bare', isLoaded: false },
      ],
      latencyMs: expect.any(Number) as number,
    });
  });

  it('Ollama whose memory cannot be asked', async () => {
    const tags = { models: [{ name: 'bare' }] };
    const server = await fakeServer(jsonByPath({ '/api/version': { version: '0.1' }, '/api/tags': tags }));
    const [status] = await statusOf(upstreamOf('ollama', server.url));
    expect(status).toMatchObject({ state: 'ready', models: [{ id: 'bare' }] });
    expect(status?.models[0]).not.toHaveProperty('isLoaded');
  });

  it('vLLM, with its key, under a path of its own', async () => {
    const server = await fakeServer((request, response) => {
      request.url = request.url?.replace('/inner', '');
      vllm(request, response);
    });
    const [status] = await statusOf(upstreamOf('vllm', `${server.url}/inner`, { authorization: 'Bearer k' }));
    expect(status).toMatchObject({
      state: 'ready',
      kind: 'vllm',
      version: '0.32.0',
      models: [{ id: 'm', contextLength: 2048, source: '/srv/m' }],
    });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer k', 'Bearer k']);
  });

  it('llama.cpp', async () => {
    const data = [{ id: 'm', meta: { n_ctx: 2048, size: 96_576_768, ftype: 'Q4_1' } }];
    const server = await fakeServer(
      jsonByPath({ '/v1/models': { data }, '/props': { build_info: 'b7000-abc' } }),
    );
    const [status] = await statusOf(upstreamOf('llamacpp', server.url));
    expect(status).toMatchObject({
      state: 'ready',
      version: 'b7000-abc',
      models: [{ id: 'm', contextLength: 2048, bytes: 96_576_768, quantization: 'Q4_1' }],
    });
  });

  it.each(['vllm', 'openai'] as const)(
    'InstructLab in the place of %s is told by its greeting',
    async (kind) => {
      const server = await fakeServer(instructLab);
      const [status] = await statusOf(
        upstreamOf(kind, server.url, { label: kind === 'vllm' ? 'vLLM' : 'Mine' }),
      );
      expect(status).toMatchObject({
        id: kind,
        kind: 'instructlab',
        label: kind === 'vllm' ? 'InstructLab' : 'Mine',
        models: [{ id: '/srv/m.Q4_1.gguf', label: 'm.Q4_1' }],
      });
    },
  );
});

describe('a server that does not', () => {
  const answers = (status: number, contentType: string, body: string): RequestListener => {
    return (_request, response) => {
      response.writeHead(status, { 'content-type': contentType, location: 'https://login.example' });
      response.end(body);
    };
  };

  it.each([
    [
      'a key that is missing',
      answers(401, 'application/json', '{"error":"Unauthorized"}'),
      'unauthorized',
      'unauthorized',
      /wants a key \(status 401\)/,
    ],
    ['a key without rights', answers(403, 'text/plain', ''), 'unauthorized', 'unauthorized', /status 403/],
    [
      'a web page',
      answers(200, 'text/html', '<!doctype html><title>Router</title>'),
      'misconfigured',
      'bad-request',
      /\/v1\/models with a web page \(status 200\)/,
    ],
    [
      'a page of errors',
      answers(404, 'text/html', '<html>nginx</html>'),
      'misconfigured',
      'bad-request',
      /a web page \(status 404\)/,
    ],
    ['a login', answers(302, 'text/plain', ''), 'misconfigured', 'bad-request', /a redirect \(status 302\)/],
    [
      'another path',
      answers(404, 'application/json', '{"detail":"Not Found"}'),
      'misconfigured',
      'bad-request',
      /status 404/,
    ],
    [
      'other JSON',
      answers(200, 'application/json', '{"models":[]}'),
      'misconfigured',
      'bad-request',
      /JSON of another kind/,
    ],
    [
      'no JSON',
      answers(200, 'text/plain', 'hello'),
      'misconfigured',
      'bad-request',
      /not JSON \(text\/plain\)/,
    ],
    ['nothing', answers(200, 'application/json', ''), 'misconfigured', 'bad-request', /not JSON/],
    [
      'a model that loads',
      answers(503, 'application/json', '{"error":{"message":"Loading model"}}'),
      'unreachable',
      'server-failed',
      /status 503/,
    ],
    ['silence', () => undefined, 'unreachable', 'timeout', /did not answer in time/],
    [
      'no HTTP',
      (request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
      'misconfigured',
      'server-failed',
      /no proper HTTP/,
    ],
    [
      'a closed connection',
      (request) => void request.socket.destroy(),
      'unreachable',
      'unreachable',
      /closed the connection/,
    ],
  ] satisfies [string, RequestListener, string, string, RegExp][])(
    '%s',
    async (_name, answer, state, code, message) => {
      const server = await fakeServer(answer);
      const [status] = await statusOf(upstreamOf('vllm', server.url));
      expect(status).toMatchObject({
        state,
        models: [],
        error: { code, message: expect.stringMatching(message) as string },
      });
    },
  );

  it('a key that is refused', async () => {
    const server = await fakeServer(answers(401, 'application/json', '{"error":"Unauthorized"}'));
    const [status] = await statusOf(upstreamOf('vllm', server.url, { authorization: 'Bearer wrong' }));
    expect(status).toMatchObject({ state: 'unauthorized', hasKey: true });
    expect(status?.error?.message).toMatch(/refused the key \(status 401\)/);
  });

  it('TLS where plain http was configured', async () => {
    const files = new URL('../../fixtures/self-signed/', import.meta.url);
    const key = readFileSync(new URL('key.pem', files));
    const cert = readFileSync(new URL('certificate.pem', files));
    const server = createServer({ key, cert }, vllm);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const [status] = await statusOf(upstreamOf('vllm', `http://127.0.0.1:${port}`));
    server.close();
    expect(status).toMatchObject({ state: 'misconfigured', error: { detail: { said: 'SPEAKS_TLS' } } });
    expect(status?.error?.message).toContain('must begin with https');
  });

  it('plain http where TLS was configured', async () => {
    const { url } = await fakeServer(vllm);
    const [status] = await statusOf(upstreamOf('vllm', url.replace('http:', 'https:')));
    expect(status).toMatchObject({ state: 'unreachable', error: { code: 'unreachable' } });
    expect(status?.error?.message).toMatch(/does not speak TLS there \(E\w+\)/);
  });

  it('is not there, and does not hold up those that are', async () => {
    const server = await fakeServer(vllm);
    const states = await statusOf(upstreamOf('ollama', 'http://127.0.0.1:1'), upstreamOf('vllm', server.url));
    expect(states.map(({ id, state, error }) => [id, state, error?.code])).toEqual([
      ['ollama', 'unreachable', 'unreachable'],
      ['vllm', 'ready', undefined],
    ]);
  });

  it('is asked again: the next status tells that it is up', async () => {
    let isUp = false;
    const server = await fakeServer((request, response) => {
      if (isUp) vllm(request, response);
      else response.writeHead(503).end();
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const state = async () =>
      ((await (await fetch(`${relay.url}/api/status`)).json()) as RelayStatus).upstreams[0]?.state;
    expect(await state()).toBe('unreachable');
    isUp = true;
    expect(await state()).toBe('ready');
  });
});

describe('the configuration for the page', () => {
  const configOf = async (settings: Parameters<typeof runningRelay>[0]) => {
    const relay = await runningRelay(settings);
    const text = await (await fetch(`${relay.url}/api/config`)).text();
    return { text, config: JSON.parse(text) as RelayConfig };
  };

  it('names backends and models and holds no secret and no address', async () => {
    const server = await fakeServer(vllm);
    const upstream = upstreamOf('vllm', server.url, { authorization: 'Bearer upstream-secret' });
    const { text, config } = await configOf({
      upstreams: [upstream],
      backendType: 'vllm',
      defaultModel: 'm',
    });
    expect(config).toEqual({
      backendType: 'vllm',
      defaultModel: 'm',
      upstreams: [{ id: 'vllm', kind: 'vllm', label: 'The vllm' }],
      localModels: [],
      version: '1.2.3',
    });
    expect(text).not.toMatch(/secret|127\.0\.0\.1/);
  });

  it('names the mirror that the page is to ask for model files', async () => {
    const { config } = await configOf({ modelMirror: 'https://models.example' });
    expect(config.modelMirror).toBe('https://models.example');
  });

  it('tells InstructLab on the usual port of vLLM from the first call on', async () => {
    const server = await fakeServer(instructLab);
    const { config } = await configOf({ upstreams: [upstreamOf('vllm', server.url, { label: 'vLLM' })] });
    expect(config.upstreams).toEqual([{ id: 'vllm', kind: 'instructlab', label: 'InstructLab' }]);
  });
});
