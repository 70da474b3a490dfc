/** How sure two engines with the same weights are of the same tokens. */
import { afterAll, expect, test } from 'vitest';
import type { Backend } from '../../../src/core/backend';
import type { TokenProbability } from '../../../src/core/token-probability';
import { ask, tinyBackend, tinyModel } from './tiny-model';
import { onnxBackend, tinyOnnx } from './tiny-onnx';

const gguf = tinyModel();
const onnx = tinyOnnx();
const engines: [name: string, backend: Backend, modelId: string][] = [
  ['wllama', tinyBackend(gguf), gguf.id],
  ['Transformers.js', onnxBackend(onnx), onnx.id],
];

afterAll(() => Promise.all(engines.map(([, backend]) => backend.dispose())));

async function tokensOf(backend: Backend, modelId: string, prompt: string, topLogprobs?: number) {
  const params = { temperature: 0, ...(topLogprobs !== undefined && { topLogprobs }) };
  const { events, text } = await ask(backend, modelId, prompt, params);
  const tokens = events.flatMap((event): readonly TokenProbability[] =>
    event.type === 'token-probabilities' ? event.tokens : [],
  );
  return { tokens, text };
}

test.for(engines)('%s reports each token with what else was likely', async ([, backend, modelId]) => {
  const { tokens, text } = await tokensOf(backend, modelId, 'pick a fruit', 4);
  expect(tokens.map((token) => token.text).join('')).toContain(text);
  const [first] = tokens;
  expect(first?.probability).toBeGreaterThan(0.3);
  expect(first?.alternatives).toHaveLength(4);
  const probabilities = first?.alternatives.map(({ probability }) => probability) ?? [];
  expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
  expect(probabilities[0]).toBeCloseTo(first?.probability ?? 0, 6);
  expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1.000001);
});

test('both engines are equally sure', async () => {
  const seen = await Promise.all(
    engines.map(async ([, backend, modelId]) => tokensOf(backend, modelId, 'pick a fruit', 4)),
  );
  const odds = seen.map(({ tokens }) =>
    Object.fromEntries((tokens[0]?.alternatives ?? []).map(({ text, probability }) => [text, probability])),
  );
  const [one = {}, other = {}] = odds;
  expect(Object.keys(one).sort()).toEqual(Object.keys(other).sort());
  // The one has 8-bit weights, the other 32-bit ones.
  for (const [text, probability] of Object.entries(one)) expect(other[text]).toBeCloseTo(probability, 1);
});

test.for(engines)('%s reports nothing that nobody asked for', async ([, backend, modelId]) => {
  expect((await tokensOf(backend, modelId, 'ping')).tokens).toEqual([]);
});
