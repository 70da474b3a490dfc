import { expect, test } from 'vitest';
import type { LocalModel } from '../../../src/core/local-model';
import { embeddingTokenizer } from '../../../src/state/embedding-tokenizer';

const file = new Blob(['{}']);
const model: LocalModel = {
  id: 'minilm',
  engine: 'transformers',
  label: 'MiniLM',
  files: [{ path: 'tokenizer.json', sources: [], bytes: 2 }],
};
const never = new AbortController().signal;
const choice = { backendId: 'transformers', modelId: 'minilm' };

function library(open = () => Promise.resolve({ files: [{ path: 'tokenizer.json', blob: file }] })) {
  return { models: () => [model], open };
}

test('of a model in this page, its own', async () => {
  expect(await embeddingTokenizer(library(), choice, never)).toEqual({ id: 'transformers/minilm', file });
});

test('none of a server, of a model that is not here, and of one that cannot be opened', async () => {
  expect(await embeddingTokenizer(library(), { ...choice, backendId: 'ollama' }, never)).toBeUndefined();
  expect(await embeddingTokenizer(library(), { ...choice, modelId: 'other' }, never)).toBeUndefined();
  const damaged = library(() => Promise.reject(new Error('gone')));
  expect(await embeddingTokenizer(damaged, choice, never)).toBeUndefined();
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(embeddingTokenizer(damaged, choice, stopped)).rejects.toThrow('stopped');
});
