/** llama.cpp's server as a router, by replies as the real one gives them; faults that it rarely has are made up. */
import { afterEach, expect, it } from 'vitest';
import { createServerBackend } from '../../../contract/support/server-rows';
import {
  type Answer,
  replay,
  type ReplayServer,
  startReplayServer,
} from '../../../contract/support/replay-server';

const { signal } = new AbortController();
let server: ReplayServer;
afterEach(() => server.close());

/** What is refused, as the real router words it: `path` → message. */
const refusals = new Map<string, string>();
const refuse = (path: string, message: string) => refusals.set(path, message);

async function router(...statuses: readonly object[]) {
  let next = 0;
  const reply = (body: object): string => JSON.stringify(body);
  refusals.clear();
  const done: Answer = (response, { path }) => {
    response.setHeader('content-type', 'application/json');
    const message = refusals.get(path);
    if (message === undefined) return void response.end(reply({ success: true }));
    response.writeHead(400).end(reply({ error: { code: 400, message, type: 'invalid_request_error' } }));
  };
  server = await startReplayServer({
    'GET /v1/models': (response) => {
      const status = statuses[Math.min(next++, statuses.length - 1)];
      response.setHeader('content-type', 'application/json');
      response.end(reply({ data: [{ id: 'a', status }] }));
    },
    'POST /models/load': done,
    'POST /models/unload': done,
  });
  return createServerBackend('llamacpp', server.baseUrl);
}

const told = (): string[] =>
  server.requests.filter(({ method }) => method === 'POST').map(({ path, body }) => path + body);
const load = { modelId: 'a', params: {}, eager: true };

it('loads, and waits until the model is in memory', async () => {
  const backend = await router({ value: 'unloaded' }, { value: 'loading' }, { value: 'loaded' });
  const phases: string[] = [];
  await backend.load(load, ({ phase }) => phases.push(phase), signal);
  expect(phases).toEqual(['initialize']);
  expect(told()).toEqual(['/models/load{"model":"a"}']);
  expect((await backend.listModels(signal))[0]).toMatchObject({ isLoaded: true, isLoadable: true });
});

it('waits for a model that is on its way already, and wakes none that sleeps', async () => {
  const backend = await router({ value: 'loading' }, { value: 'loading' }, { value: 'sleeping' });
  refuse('/models/load', 'model is already running');
  await backend.load(load, () => undefined, signal);
  expect((await backend.listModels(signal))[0]).toMatchObject({ isLoaded: true });
  await backend.load(load, () => undefined, signal);
  expect(told()).toHaveLength(1);
});

it('takes a model that is not in memory for freed', async () => {
  const backend = await router({ value: 'unloaded' });
  refuse('/models/unload', 'model is not running');
  await backend.unload?.('a', signal);
  refuse('/models/unload', 'something else');
  await expect(backend.unload?.('a', signal)).rejects.toMatchObject({ code: 'bad-request' });
});

it.each(['load', 'load-refused'])('reads the real router, which answers %s', async (reply) => {
  const lists = ['models', 'models-loading', 'models-loaded'].map((name) =>
    replay(`llamacpp-router/${name}`),
  );
  server = await startReplayServer({
    'GET /v1/models': (response, request) =>
      (lists.length > 1 ? lists.shift() : lists[0])?.(response, request),
    'POST /models/load': replay(`llamacpp-router/${reply}`),
    'POST /models/unload': replay('llamacpp-router/unload'),
  });
  const backend = createServerBackend('llamacpp', server.baseUrl);
  const modelId = 'SmolLM2-135M-Instruct.Q4_1';
  const loaded = await backend.load({ ...load, modelId }, () => undefined, signal);
  expect(loaded).toMatchObject({ modelId, contextLength: 1024 });
  expect(await backend.listModels(signal)).toMatchObject([
    { id: modelId, isLoaded: true, isLoadable: true, quantization: 'Q4_1' },
    { id: 'broken', isLoaded: false, isLoadable: true },
  ]);
});

it('tells a load that failed', async () => {
  const backend = await router({ value: 'unloaded' }, { value: 'unloaded', failed: true, exit_code: 1 });
  await expect(backend.load(load, () => undefined, signal)).rejects.toMatchObject({ code: 'load-failed' });
});

it('loads nothing only because a chat begins: the router does that itself', async () => {
  const backend = await router({ value: 'unloaded' });
  await backend.load({ modelId: 'a', params: {} }, () => undefined, signal);
  expect(told()).toEqual([]);
});

it('frees a model, and waits until it is gone', async () => {
  const backend = await router({ value: 'loaded' }, { value: 'unloaded' });
  await backend.unload?.('a', signal);
  expect(told()).toEqual(['/models/unload{"model":"a"}']);
  expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
});
