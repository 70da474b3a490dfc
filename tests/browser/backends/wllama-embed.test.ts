/** Vectors from llama.cpp. The tiny model is none for search, but what is done with its token vectors shows all the same. */
import { afterEach, expect, test } from 'vitest';
import type { Backend } from '../../../src/core/backend';
import type { EmbeddingRecipe } from '../../../src/core/local-model';
import { ask, never, tinyBackend, tinyModel } from './tiny-model';

const backends: Backend[] = [];

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.dispose()));
});

function embedder(embedding: EmbeddingRecipe) {
  const model = tinyModel({}, { embedding });
  const backend = tinyBackend(model);
  backends.push(backend);
  return {
    model,
    backend,
    embed: async (...texts: string[]) => (await backend.embed?.(texts, model.id, never())) ?? [],
  };
}

function length(vector: Float32Array | undefined): number {
  return Math.hypot(...(vector ?? []));
}

function dot(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

test('one vector per text, in their order, of length one', async () => {
  const { embed } = embedder({ pooling: 'mean', isNormalized: true });
  const [ping, count, again] = await embed('ping', 'count to ten', 'ping');
  expect(ping).toHaveLength(128);
  expect(length(ping)).toBeCloseTo(1, 4);
  expect(length(count)).toBeCloseTo(1, 4);
  expect(dot(ping, again)).toBeCloseTo(1, 4);
  expect(dot(ping, count)).toBeLessThan(0.999);
});

test('pooling by the mean is not pooling by the last token', async () => {
  const [byMean] = await embedder({ pooling: 'mean', isNormalized: true }).embed('count to ten please');
  const [byLast] = await embedder({ pooling: 'last-token', isNormalized: true }).embed('count to ten please');
  expect(dot(byMean, byLast)).toBeLessThan(0.999);
});

test('a text of many tokens is read as a whole', async () => {
  const { embed } = embedder({ pooling: 'mean', isNormalized: true });
  const [long] = await embed('count to ten '.repeat(60));
  expect(length(long)).toBeCloseTo(1, 4);
});

test('a text over the context window says by how much, and the next one works', async () => {
  const { embed } = embedder({ pooling: 'mean', isNormalized: true });
  await expect(embed('count to ten '.repeat(600))).rejects.toMatchObject({ code: 'context-overflow' });
  expect(await embed('ping')).toHaveLength(1);
});

test('a model for search does not chat, and one that chats does not embed', async () => {
  const { backend, model } = embedder({ pooling: 'mean', isNormalized: true });
  const { last } = await ask(backend, model.id, 'ping');
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
  const chatting = tinyModel();
  const other = tinyBackend(chatting);
  backends.push(other);
  await expect(other.embed?.(['ping'], chatting.id, never())).rejects.toMatchObject({ code: 'bad-request' });
  expect((await ask(other, chatting.id, 'ping')).text).toBe('pong');
});
