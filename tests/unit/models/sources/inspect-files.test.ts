/** Files that a person chose from a disk: whole models, halves of them, and things that are none. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectFiles } from '../../../../src/models/sources/inspect-files';
import { tinyGguf } from './tiny-gguf';

const { signal } = new AbortController();
const inspect = (...files: File[]) => inspectFiles(files, signal);
const file = (name: string, content: Buffer | string = 'x'): File =>
  new File([Uint8Array.from(Buffer.from(content))], name);

const tiny = (path: string): File =>
  file(
    path.split('/').at(-1) ?? path,
    readFileSync(new URL(`../../../fixtures/tiny-model/transformers/${path}`, import.meta.url)),
  );
const config = tiny('config.json');
const tokenizer = tiny('tokenizer.json');

describe('a GGUF file', () => {
  it('is a model of that name', async () => {
    const { model, files } = await inspect(file('Tiny-Q8_0.gguf', tinyGguf));
    expect(model).toMatchObject({
      id: 'disk/Tiny-Q8_0',
      engine: 'wllama',
      quantization: 'Q8_0',
      contextLength: 1024,
      files: [{ path: 'Tiny-Q8_0.gguf', sources: [], bytes: tinyGguf.length }],
    });
    expect(files.map(({ path, blob }) => [path, blob.size])).toEqual([['Tiny-Q8_0.gguf', tinyGguf.length]]);
  });

  it('may come in parts, chosen in any order', async () => {
    const parts = [2, 1, 3].map((number) => file(`m-0000${number}-of-00003.gguf`, tinyGguf));
    const { model } = await inspect(...parts);
    expect(model.id).toBe('disk/m');
    expect(model.files.map(({ path }) => path)).toEqual(
      [1, 2, 3].map((number) => `m-0000${number}-of-00003.gguf`),
    );
  });

  it.each([
    [
      'of which a part was not chosen',
      [file('m-00002-of-00003.gguf', tinyGguf)],
      /one of 3 parts, and 1 were chosen/,
    ],
    [
      'beside another model',
      [file('a.gguf', tinyGguf), file('b.gguf', tinyGguf)],
      /a\.gguf, b\.gguf: these are several models/,
    ],
    ['that is cut', [file('m.gguf', tinyGguf.subarray(0, 200_000))], /m\.gguf is cut: its last \d+ bytes/],
    [
      'that is cut in its header',
      [file('m.gguf', tinyGguf.subarray(0, 3000))],
      /m\.gguf is cut: its last \d+ bytes/,
    ],
  ])('%s is refused', async (_what, files, message) => {
    await expect(inspect(...files)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(message) as string,
    });
  });

  it('that is a web page is refused', async () => {
    await expect(inspect(file('m.gguf', '<!doctype html><title>Sign in</title>'))).rejects.toMatchObject({
      code: 'load-failed',
    });
  });
});

describe('an ONNX graph', () => {
  it('is a model with its texts and weights, in the layout of the hub', async () => {
    const { model, files } = await inspect(
      file('model_q4.onnx_data_1'),
      file('notes.txt'),
      tokenizer,
      file('model_q4.onnx'),
      file('model_q4.onnx_data'),
      config,
      tiny('tokenizer_config.json'),
    );
    const paths = [
      'config.json',
      'onnx/model_q4.onnx',
      'onnx/model_q4.onnx_data',
      'onnx/model_q4.onnx_data_1',
      'tokenizer.json',
      'tokenizer_config.json',
    ];
    expect(files.map(({ path }) => path).sort()).toEqual(paths);
    expect(model.files.map(({ path }) => path).sort()).toEqual(paths);
    expect(model).toMatchObject({
      engine: 'transformers',
      label: 'llama',
      quantization: 'q4',
      contextLength: 1024,
      shape: { layers: 2, keyValueHeads: 2, headSize: 32 },
    });
  });

  it('is named after itself where its configuration has no name', async () => {
    const { model } = await inspect(file('model.onnx'), tokenizer, file('config.json', '{"model_type":""}'));
    expect(model.label).toBe('model.onnx');
  });

  const graph = file('model.onnx');
  it.each([
    ['without a configuration', [graph, tokenizer], 'model.onnx needs its config.json.'],
    ['alone', [graph], 'model.onnx needs its config.json and tokenizer.json.'],
    [
      'beside another one',
      [graph, file('model_q4.onnx'), config, tokenizer],
      'model.onnx, model_q4.onnx: these are several models.',
    ],
    [
      'of another program',
      [file('vision_encoder.onnx'), config, tokenizer],
      'vision_encoder.onnx is not a graph that this page can run by itself.',
    ],
    [
      'with a web page for a configuration',
      [graph, tokenizer, file('config.json', '<!doctype html>')],
      'config.json is not a model’s configuration.',
    ],
    [
      'with nothing for a configuration',
      [graph, tokenizer, file('config.json', 'null')],
      'config.json is not a model’s configuration.',
    ],
  ])('%s is refused', async (_what, files, message) => {
    await expect(inspect(...files)).rejects.toMatchObject({ code: 'bad-request', message });
  });
});

it('what is no model is named', async () => {
  await expect(inspect(file('photo.jpg'), file('notes.txt'))).rejects.toMatchObject({
    code: 'bad-request',
    message: 'photo.jpg, notes.txt: no model file is among them.',
  });
});
