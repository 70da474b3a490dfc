import { expect, test } from 'vitest';
import { occupancyOf } from '../../../../src/compare/scheduling/occupancy';
import type { Connection, ServerKind } from '../../../../src/core/connection';

const origin = 'http://localhost:4173';
const engine = { id: 'wllama', kind: 'wllama', label: 'In this page' } as const;
const server = (kind: ServerKind, baseUrl: string, via: 'relay' | 'direct'): Connection => {
  return { id: kind, kind, label: kind, baseUrl, via };
};
const place = (connection: Connection, more = {}) => {
  return occupancyOf({ connection, modelId: 'm', runsOn: undefined, url: undefined, origin, ...more });
};

test('an engine in the page keeps the place busy where its model runs', () => {
  expect(place(engine, { runsOn: 'this-cpu' })).toMatchObject({
    resource: 'this-cpu',
    capacity: 1,
    machine: 'this',
  });
  expect(place(engine, { runsOn: 'this-gpu' })).toMatchObject({
    resource: 'this-gpu',
    capacity: 1,
    machine: 'this',
  });
});

test('InstructLab takes one request at a time, the others as many as come', () => {
  expect(place(server('instructlab', 'http://far:8000', 'direct')).capacity).toBe(1);
  expect(place(server('vllm', 'http://far:8000', 'direct')).capacity).toBe(Infinity);
});

test('Ollama swaps models, vLLM has one', () => {
  expect(place(server('ollama', 'http://far:1', 'direct')).group).toBe('m');
  expect(place(server('vllm', 'http://far:1', 'direct')).group).toBe('');
});

test.each([
  ['http://127.0.0.1:11434', 'direct', origin, 'this'],
  ['http://[::1]:11434', 'direct', origin, 'this'],
  ['http://127.0.0.1:11434', 'relay', origin, 'this'],
  ['http://127.0.0.1:11434', 'relay', 'https://models.example', 'models.example'],
  ['http://gpu-box:11434', 'relay', origin, 'gpu-box'],
] as const)('%s, %s, page of %s: machine %s', (url, via, pageOrigin, machine) => {
  expect(
    place(server('ollama', `${pageOrigin}/relay/ollama`, via), { url, origin: pageOrigin }).machine,
  ).toBe(machine);
});
