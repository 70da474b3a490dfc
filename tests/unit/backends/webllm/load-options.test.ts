import { expect, it } from 'vitest';
import { loadOptions } from '../../../../src/backends/webllm/load-options';
import { modelRecord, urlOf } from '../../../../src/backends/webllm/model-record';
import { type LocalModel, webLlmLibraryPath } from '../../../../src/core/local-model';

const file = (path: string, sha256?: string) => ({ path, sources: [], bytes: 1, ...(sha256 && { sha256 }) });
const files = [
  file('mlc-chat-config.json', 'ff'.repeat(32)),
  file('tensor-cache.json'),
  file('tokenizer.json', '00'.repeat(32)),
  file('params_shard_0.bin', '11'.repeat(32)),
  file(webLlmLibraryPath),
];
const model: LocalModel = {
  id: 'Tiny-q4f32_1-MLC',
  engine: 'webllm',
  label: 'Tiny',
  contextLength: 8192,
  files,
};
const embedder: LocalModel = { ...model, capabilities: { embedding: true, chat: false } };

it.each([
  [undefined, 4096],
  [2048, 2048],
  [100, 256],
  [99_999, 8192],
])('a wish for %o tokens becomes %d', (wished, contextLength) => {
  expect(loadOptions(model, { contextLength: wished }, 'gpu')).toEqual({
    model,
    device: 'gpu',
    contextLength,
  });
});

it('leaves an embedding model the length that it was compiled for', () => {
  expect(loadOptions(embedder, { contextLength: 64 }, 'gpu')).not.toHaveProperty('contextLength');
});

it.each(['mlc-chat-config.json', 'tensor-cache.json', webLlmLibraryPath])(
  'refuses a model without %s',
  (path) => {
    const cut = { ...model, files: files.filter((one) => one.path !== path) };
    expect(() => loadOptions(cut, {}, 'gpu')).toThrow(path);
  },
);

it('is written down as WebLLM wants it', () => {
  expect(modelRecord(model, 1024)).toEqual({
    model_id: 'Tiny-q4f32_1-MLC',
    model: 'https://model.invalid/resolve/local/',
    model_lib: urlOf(webLlmLibraryPath),
    model_type: 0,
    required_features: [],
    overrides: { context_window_size: 1024, sliding_window_size: -1 },
    integrity: {
      config: `sha256-${Buffer.from('ff'.repeat(32), 'hex').toString('base64')}`,
      model_lib: undefined,
      tokenizer: { 'tokenizer.json': `sha256-${Buffer.from('00'.repeat(32), 'hex').toString('base64')}` },
      onFailure: 'error',
    },
  });
});

it('tells kinds of models, features and manifests apart', () => {
  expect(modelRecord(embedder)).toMatchObject({ model_type: 1 });
  expect(modelRecord(embedder)).not.toHaveProperty('overrides');
  expect(modelRecord({ ...model, capabilities: { vision: true } })).toMatchObject({ model_type: 2 });
  expect(modelRecord({ ...model, id: 'Tiny-q4f16_1-MLC' })).toMatchObject({
    required_features: ['shader-f16'],
  });
  const packaged = { ...model, files: [...files, file('mlc-model-manifest.json')] };
  expect(modelRecord(packaged)).toMatchObject({ model_manifest: 'mlc-model-manifest.json' });
});
