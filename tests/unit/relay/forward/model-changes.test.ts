import { expect, it } from 'vitest';
import { isAllowedRequest, isModelChange } from '../../../../relay/forward/allowed-paths';

it.each([
  ['ollama', 'POST', '/api/pull'],
  ['ollama', 'DELETE', '/api/delete'],
  ['llamacpp', 'POST', '/models/load'],
  ['llamacpp', 'POST', '/models/unload'],
] as const)('%s: %s %s is a change of the server, and no usual request', (kind, method, path) => {
  expect(isModelChange(kind, method, path)).toBe(true);
  expect(isAllowedRequest(kind, method, path)).toBe(false);
});

it.each([
  ['ollama', 'GET', '/api/pull'],
  ['ollama', 'POST', '/api/create'],
  ['ollama', 'POST', '/api/pull/'],
  ['vllm', 'POST', '/models/load'],
  ['llamacpp', 'DELETE', '/models'],
] as const)('%s: %s %s is refused whatever the settings', (kind, method, path) => {
  expect(isModelChange(kind, method, path)).toBe(false);
  expect(isAllowedRequest(kind, method, path)).toBe(false);
});
