import { expect, it } from 'vitest';
import { ollamaParams } from '../../../../src/backends/ollama/params';
import { paramsOf } from '../../../../src/backends/shared/param-versions';

const thinkingIn = (version: string | undefined) => paramsOf(ollamaParams, version).thinking;

it.each([
  ['0.17.4', 'newest'],
  ['v0.12.11-rc1', 'newest'],
  ['0.12.11', 'newest'],
  ['0.12.5', 'without token probabilities'],
  ['0.9.6', 'without token probabilities'],
  // Development builds call themselves so.
  ['0.0.0', 'newest'],
  ['unknown', 'newest'],
  [undefined, 'newest'],
])('version %s gets the table %s', (version, expected) => {
  const isNewest = paramsOf(ollamaParams, version).topLogprobs !== 'unsupported';
  expect(isNewest ? 'newest' : 'without token probabilities').toBe(expected);
});

it('thinking came with 0.9', () => {
  expect(thinkingIn('0.8.9')).toBe('unsupported');
  expect(thinkingIn('0.10.0')).toMatchObject({ wire: 'think' });
});
