/** What the models folder offers: whole models of every layout, described from notes and from their own files. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ModelsFolder } from '../../../../relay/serve/models-folder';

let said: string[];

beforeEach(() => {
  said = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  onTestFinished(() => spy.mockRestore());
});

/** @param files content by path */
function folderOf(files: Readonly<Record<string, unknown>>): { directory: string; folder: ModelsFolder } {
  const directory = mkdtempSync(join(tmpdir(), 'switchyard-models-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { directory, folder: new ModelsFolder(directory) };
}

const config = {
  max_position_embeddings: 2048,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  hidden_size: 128,
};

describe('GGUF files', () => {
  it('are models, with notes about them when they fit', async () => {
    const { directory, folder } = folderOf({
      'a.gguf': 'GGUF',
      'b c.gguf': 'GGUF',
      'c.gguf.part': 'GGUF',
      '.hidden.gguf': 'GGUF',
      'mmproj-a.gguf': 'GGUF',
      'notes.txt': 'GGUF',
      'manifest.json': [
        { file: 'a.gguf', id: 'a', label: 'Model A', bytes: 4, sha256: 'ab', license: 'MIT', source: 'x' },
        { file: 'b c.gguf', id: 'b', label: 'Another file', bytes: 5, sha256: 'cd' },
      ],
    });
    expect(await folder.list()).toEqual([
      {
        id: 'a',
        engine: 'wllama',
        label: 'Model A',
        quantization: 'GGUF',
        license: 'MIT',
        files: [{ path: 'a.gguf', sources: ['/models/a.gguf'], bytes: 4, sha256: 'ab' }],
      },
      {
        id: 'b c',
        engine: 'wllama',
        label: 'b c',
        quantization: 'GGUF',
        files: [{ path: 'b c.gguf', sources: ['/models/b%20c.gguf'], bytes: 4 }],
      },
    ]);
    expect(said).toEqual([]);
    writeFileSync(join(directory, 'manifest.json'), '{');
    expect(await folder.list()).toHaveLength(2);
    expect(said).toEqual([expect.stringContaining('manifest.json is not a JSON list')]);
  });

  it('a note that is not understood is named, and the others hold', async () => {
    const { folder } = folderOf({
      'a.gguf': 'GGUF',
      'b.gguf': 'GGUF',
      'manifest.json': [
        'nonsense',
        { file: 'a.gguf', contextLength: 'many' },
        { file: 'b.gguf', label: 'B' },
      ],
    });
    expect((await folder.list()).map(({ label }) => label)).toEqual(['a', 'B']);
    expect(said).toEqual([
      expect.stringMatching(/entry 1 is not used/),
      expect.stringMatching(/entry 2 is not used, because of contextLength/),
    ]);
  });

  it('split into parts are one model, in the folder or in one of its own', async () => {
    const names = [1, 2, 3].map((number) => `m-Q4_K_M-0000${number}-of-00003.gguf`);
    const parts = Object.fromEntries(names.map((name) => [name, 'GGUF']));
    const nested = Object.fromEntries(names.map((name) => [`big/Q4_K_M/${name}`, 'GGUF']));
    const [top, own] = await folderOf({ ...parts, ...nested }).folder.list();
    const [larger, smaller] = top?.id === 'm-Q4_K_M' ? [own, top] : [top, own];
    expect(smaller).toMatchObject({ id: 'm-Q4_K_M', label: 'm-Q4_K_M', quantization: 'Q4_K_M' });
    expect(smaller?.files.map(({ path }) => path)).toEqual(names);
    expect(larger).toMatchObject({ id: `big/Q4_K_M/${names[0]}`, label: 'big' });
    expect(larger?.files[1]).toEqual({
      path: `Q4_K_M/${names[1]}`,
      sources: [`/models/big/Q4_K_M/${names[1]}`],
      bytes: 4,
    });
  });

  it('of which a part is missing are not offered, which is said once', async () => {
    const { directory, folder } = folderOf({
      'm-00002-of-00003.gguf': 'GGUF',
      'm-00003-of-00003.gguf': 'GGUF',
    });
    expect(await folder.list()).toEqual([]);
    expect(await folder.list()).toEqual([]);
    expect(said).toEqual([
      'models/m-00001-of-00003.gguf is not offered: models/m-00001-of-00003.gguf is missing or incomplete.',
    ]);
    writeFileSync(join(directory, 'm-00001-of-00003.gguf'), 'GGUF');
    expect(await folder.list()).toHaveLength(1);
  });

  it('that are links out of the folder are not offered', async () => {
    const { directory, folder } = folderOf({ 'models/a.gguf': 'GGUF' });
    const elsewhere = folderOf({ 'x.gguf': 'GGUF' }).directory;
    symlinkSync(join(elsewhere, 'x.gguf'), join(directory, 'out.gguf'));
    symlinkSync(elsewhere, join(directory, 'outside'));
    expect((await folder.list()).map(({ id }) => id)).toEqual(['models/a.gguf']);
  });
});

describe('a folder for Transformers.js', () => {
  const texts = { 'tiny/config.json': config, 'tiny/tokenizer.json': {} };

  it('is one model per dtype, each with its own weights', async () => {
    const { folder } = folderOf({
      ...texts,
      'tiny/tokenizer_config.json': {},
      'tiny/README.md': 'no part of it',
      'tiny/onnx/model.onnx': 'fp32',
      'tiny/onnx/model.onnx_data': 'weights',
      'tiny/onnx/model.onnx_data_1': 'more weights',
      'tiny/onnx/model_quantized.onnx': 'q8',
    });
    const models = await folder.list();
    expect(models.map(({ id, quantization }) => [id, quantization])).toEqual([
      ['tiny/onnx/model.onnx', 'fp32'],
      ['tiny/onnx/model_quantized.onnx', 'q8'],
    ]);
    const common = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
    expect(models.map(({ files }) => files.map(({ path }) => path))).toEqual([
      [...common, 'onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model.onnx_data_1'],
      [...common, 'onnx/model_quantized.onnx'],
    ]);
    expect(models[0]).toMatchObject({
      engine: 'transformers',
      label: 'tiny',
      contextLength: 2048,
      shape: { layers: 2, keyValueHeads: 2, headSize: 32 },
    });
  });

  it('without tokenizer is not offered, which is said once', async () => {
    const { folder } = folderOf({ 'tiny/config.json': config, 'tiny/onnx/model.onnx': 'fp32' });
    expect([await folder.list(), await folder.list()]).toEqual([[], []]);
    expect(said).toEqual([
      'models/tiny/onnx/model.onnx is not offered: models/tiny/tokenizer.json is missing or incomplete.',
    ]);
  });

  it('takes everything from its note, which also tells what is missing', async () => {
    const facts = {
      id: 'tiny-q8',
      label: 'Tiny',
      license: 'MIT',
      contextLength: 512,
      capabilities: { embedding: true },
      embedding: { pooling: 'cls', isNormalized: true },
      shape: { layers: 1, keyValueHeads: 1, headSize: 8 },
      suggestedParams: { temperature: 0.3, topK: 20 },
    };
    const note = {
      file: 'tiny/onnx/model.onnx',
      bytes: 4,
      sha256: 'aa',
      ...facts,
      parts: [{ file: 'tiny/onnx/model.onnx_data', bytes: 7, sha256: 'bb' }],
    };
    const files = { ...texts, 'tiny/onnx/model.onnx': 'fp32', 'manifest.json': [note] };
    expect(await folderOf({ ...files, 'tiny/onnx/model.onnx_data': 'wei' }).folder.list()).toEqual([]);
    expect(said).toEqual([
      'models/tiny/onnx/model.onnx is not offered: models/tiny/onnx/model.onnx_data is missing or incomplete.',
    ]);
    const [model] = await folderOf({ ...files, 'tiny/onnx/model.onnx_data': 'weights' }).folder.list();
    expect(model).toMatchObject(facts);
    expect(model?.files.map(({ sha256 }) => sha256)).toEqual([undefined, undefined, 'aa', 'bb']);
  });
});

describe('a folder for WebLLM', () => {
  const files = {
    'm/mlc-chat-config.json': { quantization: 'q4f16_1', context_window_size: 4096 },
    'm/tensor-cache.json': {
      records: [{ dataPath: 'params_shard_0.bin' }, { dataPath: 'params_shard_1.bin' }],
    },
    'm/tokenizer.json': {},
    'm/params_shard_0.bin': 'weights',
    'm/model-library.wasm': 'library',
  };

  it('is a model when its library and all its weights are there', async () => {
    const { directory, folder } = folderOf(files);
    expect(await folder.list()).toEqual([]);
    expect(said).toEqual([
      'models/m/mlc-chat-config.json is not offered: models/m/params_shard_1.bin is missing or incomplete.',
    ]);
    writeFileSync(join(directory, 'm/params_shard_1.bin'), 'weights');
    const [model] = await folder.list();
    expect(model).toMatchObject({
      id: 'm/mlc-chat-config.json',
      engine: 'webllm',
      label: 'm',
      quantization: 'q4f16_1',
      contextLength: 4096,
    });
    expect(model?.files.map(({ path }) => path).sort()).toEqual([
      'mlc-chat-config.json',
      'model-library.wasm',
      'params_shard_0.bin',
      'params_shard_1.bin',
      'tensor-cache.json',
      'tokenizer.json',
    ]);
  });

  it('without its library is not offered', async () => {
    const { directory, folder } = folderOf({ ...files, 'm/params_shard_1.bin': 'weights' });
    rmSync(join(directory, 'm/model-library.wasm'));
    expect(await folder.list()).toEqual([]);
    expect(said.join()).toContain('models/m/model-library.wasm is missing');
  });
});
