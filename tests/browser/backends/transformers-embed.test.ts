/** Vectors from Transformers.js, with a model whose vectors are known: scripts/tiny-embedder.mjs. */
import { afterEach, expect, test } from 'vitest';
import { createTransformers } from '../../../src/backends/transformers/index';
import type { Backend } from '../../../src/core/backend';
import type { EmbeddingRecipe, LocalModel } from '../../../src/core/local-model';
import { contextWith, memoryShelf } from './memory-shelf';
import { ask, never } from './tiny-model';
import { tinyOnnx } from './tiny-onnx';
import configUrl from '../../fixtures/tiny-embedder/config.json?url';
import graphUrl from '../../fixtures/tiny-embedder/onnx/model.onnx?url';
import tokenizerUrl from '../../fixtures/tiny-embedder/tokenizer.json?url';
import tokenizerConfigUrl from '../../fixtures/tiny-embedder/tokenizer_config.json?url';

const backends: Backend[] = [];

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.dispose()));
});

function embedderModel(embedding: EmbeddingRecipe): LocalModel {
  const urls = {
    'config.json': configUrl,
    'tokenizer.json': tokenizerUrl,
    'tokenizer_config.json': tokenizerConfigUrl,
    'onnx/model.onnx': graphUrl,
  };
  const files = Object.entries(urls).map(([path, url]) => ({ path, sources: [url], bytes: 1 }));
  const capabilities = { embedding: true, chat: false };
  return {
    id: crypto.randomUUID(),
    engine: 'transformers',
    label: 'Embedder',
    files,
    embedding,
    capabilities,
  };
}

function embedder(pooling: EmbeddingRecipe['pooling'], isNormalized: boolean) {
  const model = embedderModel({ pooling, isNormalized });
  const backend = createTransformers(contextWith(memoryShelf(model)));
  backends.push(backend);
  return {
    model,
    backend,
    embed: async (texts: readonly string[], signal = never()) => {
      const vectors = (await backend.embed?.(texts, model.id, signal)) ?? [];
      return vectors.map((vector) => Array.from(vector));
    },
  };
}

test.for<[EmbeddingRecipe['pooling'], number[]]>([
  // The marks at both ends count as tokens, as in the models of this kind.
  ['mean', [0.25, 1, 0.25, 0.25]],
  ['cls', [1, 0, 0, 0]],
  ['last-token', [0, 0, 0, 1]],
])('pooling by %s', async ([pooling, expected]) => {
  expect(await embedder(pooling, false).embed(['cat kitten'])).toEqual([expected]);
});

test('one vector per text, in their order, of length one where the model’s makers say so', async () => {
  const vectors = await embedder('mean', true).embed(['cat', 'Kitten', 'stocks']);
  const dot = (a: readonly number[] = [], b: readonly number[] = []) =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
  const [cat, kitten, stocks] = vectors;
  // By hand: (1, 2, 0, 1)·(1, 2, 1, 1) = 6, over the lengths √6 and √7; (1, 2, 0, 1)·(1, −1, 3, 1) = 0.
  expect(dot(cat, kitten)).toBeCloseTo(6 / Math.sqrt(6 * 7), 5);
  expect(dot(cat, stocks)).toBeCloseTo(0, 5);
});

test('a stop between two texts is obeyed, and the next texts are embedded', async () => {
  const { embed } = embedder('mean', false);
  await embed(['cat']);
  const controller = new AbortController();
  const many = embed(new Array<string>(5000).fill('cat kitten'), controller.signal);
  controller.abort();
  await expect(many).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(await embed(['cat'])).toEqual([[1 / 3, 2 / 3, 0, 1 / 3].map(Math.fround)]);
});

test('a model for search is loaded beside the one that answers, on the processor, and offers no chat', async () => {
  const chatting = tinyOnnx();
  // Nothing but the recipe tells what it is for.
  const searching = { ...embedderModel({ pooling: 'mean', isNormalized: true }), capabilities: {} };
  const backend = createTransformers(contextWith(memoryShelf(chatting, searching)));
  backends.push(backend);
  await ask(backend, chatting.id, 'ping');
  const loaded = await backend.load({ modelId: searching.id, params: {} }, () => undefined, never());
  expect(loaded.runsOn).toBe('this-cpu');
  expect(await backend.embed?.(['cat'], searching.id, never())).toHaveLength(1);
  const { events } = await ask(backend, chatting.id, 'ping');
  // Loaded anew, it would be cold.
  expect(events[0]).not.toHaveProperty('isCold');
  const models = await backend.listModels(never());
  expect(
    models.map(({ isLoaded, capabilities }) => [isLoaded, capabilities?.chat, capabilities?.embedding]),
  ).toEqual([
    [true, true, false],
    [true, false, true],
  ]);
  await backend.unload?.(searching.id, never());
  expect((await backend.listModels(never())).map(({ isLoaded }) => isLoaded)).toEqual([true, false]);
});

test('a model for search does not chat, and one that chats does not embed', async () => {
  const { backend, model } = embedder('mean', true);
  const { last } = await ask(backend, model.id, 'cat');
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
  const chatting = tinyOnnx();
  const other = createTransformers(contextWith(memoryShelf(chatting)));
  backends.push(other);
  await expect(other.embed?.(['ping'], chatting.id, never())).rejects.toMatchObject({ code: 'bad-request' });
  expect((await ask(other, chatting.id, 'ping')).text).toBe('pong');
});
