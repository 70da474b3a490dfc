import { expect, test } from 'vitest';
import { lanesQuery, parseLanes } from '../../../src/app/parse-lanes';
import { parseRoute } from '../../../src/app/routes';

test('a model keeps its colons, slashes, commas and plus signs', () => {
  expect(
    parseLanes('lanes=ollama:smollm2:135m,vllm:Qwen%2FQwen3-4B,wllama:a%2Cb+c&prompt=Hi%2C+you'),
  ).toEqual({
    lanes: [
      { backendId: 'ollama', modelId: 'smollm2:135m' },
      { backendId: 'vllm', modelId: 'Qwen/Qwen3-4B' },
      { backendId: 'wllama', modelId: 'a,b+c' },
    ],
    prompt: 'Hi, you',
  });
});

test('what is no lane is left out, and no more than twelve are taken', () => {
  expect(parseLanes('lanes=,ollama,:m,ollama:m')?.lanes).toHaveLength(1);
  expect(parseLanes('prompt=x')).toBeUndefined();
  expect(parseLanes(`lanes=${Array.from({ length: 20 }, () => 'a:b').join(',')}`)?.lanes).toHaveLength(12);
});

test('written and read again it is the same set', () => {
  const set = {
    lanes: [
      { backendId: 'a', modelId: 'x:y,z&w=1%2C+?#' },
      { backendId: 'b', modelId: 'é' },
    ],
    prompt: 'One + one = ? & why',
  };
  expect(parseLanes(lanesQuery(set))).toEqual(set);
  expect(parseRoute(`#/compare?${lanesQuery(set)}`)).toEqual({ screen: 'compare', set });
});

test('the routes of comparisons', () => {
  expect(parseRoute('#/compare')).toEqual({ screen: 'compare' });
  expect(parseRoute('#/compare/7')).toEqual({ screen: 'compare', comparisonId: '7' });
  expect(parseRoute('#/compare?lanes=')).toEqual({ screen: 'compare' });
});
