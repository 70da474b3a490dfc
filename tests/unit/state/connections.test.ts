import { expect, test } from 'vitest';
import type { RelayConfig, UpstreamStatus } from '../../../relay/contract';
import { connectionsOf } from '../../../src/state/connections';

const config: RelayConfig = {
  backendType: 'local',
  upstreams: [
    { id: 'ollama', kind: 'ollama', label: 'Ollama' },
    { id: 'vllm', kind: 'vllm', label: 'vLLM' },
  ],
  localModels: [],
  version: '1',
};
const status: UpstreamStatus = {
  id: 'vllm',
  kind: 'instructlab',
  label: 'InstructLab',
  url: 'http://127.0.0.1:8000',
  state: 'ready',
  hasKey: false,
  models: [],
};
const nothingSet = { addedServers: [], directUpstreams: [] };
const base = {
  origin: 'http://localhost:4173',
  config,
  hasBuiltInModel: false,
  statuses: [],
  settings: nothingSet,
  keys: new Map(),
};

const engines = ['wllama', 'transformers', 'webllm'];

test('the page’s own engines, then the relay’s upstreams, then servers typed in', () => {
  const addedServers = [{ id: 's1', kind: 'llamacpp', label: 'Mine', url: 'http://mine:8080' }] as const;
  const connections = connectionsOf({
    ...base,
    settings: { ...nothingSet, addedServers: [...addedServers] },
    keys: new Map([['s1', 'secret']]),
  });
  expect(connections.map(({ id }) => id)).toEqual([...engines, 'ollama', 'vllm', 's1']);
  expect(connections[3]).toMatchObject({ via: 'relay', baseUrl: 'http://localhost:4173/relay/ollama' });
  expect(connections[5]).toMatchObject({ via: 'direct', baseUrl: 'http://mine:8080', apiKey: 'secret' });
});

test('what the server said of itself beats its usual port', () => {
  expect(connectionsOf({ ...base, statuses: [status] })[4]).toMatchObject({
    kind: 'instructlab',
    label: 'InstructLab',
  });
});

test('an upstream is called directly only when its address is known', () => {
  const settings = { ...nothingSet, directUpstreams: ['vllm'] };
  expect(connectionsOf({ ...base, settings })[4]).toMatchObject({ via: 'relay' });
  expect(connectionsOf({ ...base, settings, statuses: [status] })[4]).toMatchObject({
    via: 'direct',
    baseUrl: 'http://127.0.0.1:8000',
  });
});

test('without a relay the page’s engines are there all the same', () => {
  expect(connectionsOf({ ...base, config: undefined }).map(({ id }) => id)).toEqual(engines);
});

test('the browser’s own model comes after the engines, where it brings one along', () => {
  const connections = connectionsOf({ ...base, hasBuiltInModel: true });
  expect(connections.map(({ id }) => id)).toEqual([...engines, 'prompt-api', 'ollama', 'vllm']);
});
