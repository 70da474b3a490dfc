import { expect, it } from 'vitest';
import { apiBase } from '../../../../src/backends/shared/api-base';

it.each([
  ['http://localhost:8000', 'direct', 'http://localhost:8000', '/v1'],
  ['http://localhost:8000/', 'direct', 'http://localhost:8000', '/v1'],
  ['http://localhost:8000/v1', 'direct', 'http://localhost:8000', '/v1'],
  ['http://localhost:8000/v1/', 'direct', 'http://localhost:8000', '/v1'],
  ['https://host/openai/v1', 'direct', 'https://host/openai', '/v1'],
  ['https://host/llm', 'direct', 'https://host/llm', '/v1'],
  ['https://host/v1beta/openai', 'direct', 'https://host/v1beta/openai', ''],
  ['https://host/api/v3', 'direct', 'https://host/api/v3', ''],
  ['http://localhost:4173/relay/vllm', 'relay', 'http://localhost:4173/relay/vllm', '/v1'],
  ['http://localhost:4173/relay/v1', 'relay', 'http://localhost:4173/relay/v1', '/v1'],
] as const)('%s %s → %s and %s', (baseUrl, via, root, api) => {
  expect(apiBase({ id: 'x', kind: 'openai', label: 'x', baseUrl, via })).toEqual({ root, api });
});
