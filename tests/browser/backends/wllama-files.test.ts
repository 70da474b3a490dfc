/** Bytes that are no model: what the engine makes of them, and that the shelf hears of it. */
import { expect, test } from 'vitest';
import { createWllama } from '../../../src/backends/wllama/index';
import type { LocalModel } from '../../../src/core/local-model';
import { contextWith, memoryShelf } from './memory-shelf';
import { modelOf, never, patchedTiny, tinyBackend, tinyContent, tinyModel } from './tiny-model';

function failsWith(code: string, message: RegExp) {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;
}

test.for<[string, (content: Uint8Array<ArrayBuffer>) => LocalModel]>([
  ['a cut file', (content) => modelOf(content.slice(0, 200_000))],
  ['a damaged header', (content) => modelOf(content.fill(255, 24, 4096))],
  ['a web page', () => modelOf('<!doctype html><p>Sign in</p>')],
  ['nothing', () => modelOf('')],
])('%s is called damaged, and checked again', async ([, make]) => {
  const model = make(await tinyContent());
  const shelf = memoryShelf(model);
  const backend = createWllama(contextWith(shelf));
  const load = backend.load({ modelId: model.id, params: {} }, () => {}, never());
  await expect(load).rejects.toThrow(failsWith('load-failed', /could not read Tiny/));
  expect(shelf.rechecked).toEqual([model.id]);
  await backend.dispose();
});

test('a kind of model that the engine does not know is named, and its file is not blamed', async () => {
  const model = await patchedTiny('llama.block_count', 'llama.block_coun7');
  const backend = tinyBackend(model);
  await expect(backend.load({ modelId: model.id, params: {} }, () => {}, never())).rejects.toThrow(
    failsWith('load-failed', /Tiny/),
  );
  await backend.dispose();
});

test('too large a context window is called by its name, and the next attempt works', async () => {
  const model = tinyModel();
  const backend = tinyBackend(model);
  const request = { modelId: model.id, params: { contextLength: 20_000_000 } };
  await expect(backend.load(request, () => {}, never())).rejects.toThrow(
    failsWith('out-of-memory', /memory/),
  );
  expect((await backend.load({ modelId: model.id, params: {} }, () => {}, never())).contextLength).toBe(1024);
  await backend.dispose();
});
