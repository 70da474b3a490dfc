/** Any repository or address by name: what it holds that can run here, and clear words where it holds nothing. */
import { describe, expect, it } from 'vitest';
import { hubAddress } from '../../../../src/models/sources/hub';
import { inspectRepository } from '../../../../src/models/sources/inspect-repository';
import { fakeServer } from '../../relay/support/fake-server';
import { answers, entry, standInForHub, type TreeEntry } from './hub-server';
import { tinyGguf } from './tiny-gguf';

const { signal } = new AbortController();
const inspect = (name: string) => inspectRepository(name, {}, signal);
const hubWith = (tree: readonly TreeEntry[], revision = 'main') =>
  standInForHub(answers({ [`/api/models/owner/name/tree/${revision}`]: tree }));

describe('a repository', () => {
  it('is a list of its whole builds, each with its files', async () => {
    await hubWith([
      entry('README.md'),
      entry('config.json'),
      entry('tokenizer.json'),
      entry('onnx/model_q4.onnx', 400, 'ab'.repeat(32)),
      entry('m-Q8_0.gguf', 900, 'cd'.repeat(32)),
      entry('half-00001-of-00002.gguf'),
    ]);
    const models = await inspect('owner/name');
    expect(models.map(({ id, engine, label, quantization }) => [id, engine, label, quantization])).toEqual([
      ['owner/name/m-Q8_0.gguf', 'wllama', 'name', 'Q8_0'],
      ['owner/name/onnx/model_q4.onnx', 'transformers', 'name', 'q4'],
    ]);
    expect(models[1]?.files).toEqual([
      { path: 'config.json', bytes: 10, sources: [`${hubAddress}/owner/name/resolve/main/config.json`] },
      {
        path: 'tokenizer.json',
        bytes: 10,
        sources: [`${hubAddress}/owner/name/resolve/main/tokenizer.json`],
      },
      {
        path: 'onnx/model_q4.onnx',
        bytes: 400,
        sha256: 'ab'.repeat(32),
        sources: [`${hubAddress}/owner/name/resolve/main/onnx/model_q4.onnx`],
      },
    ]);
  });

  it('leaves no build out, however many there are', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `m-${index}-Q4_0.gguf`);
    await hubWith(names.map((name) => entry(name)));
    expect(await inspect('owner/name')).toHaveLength(40);
  });

  it.each([
    [`${hubAddress}/owner/name`, 'main'],
    [`${hubAddress}/owner/name/tree/v2`, 'v2'],
    [`${hubAddress}/owner/name/blob/v2/m.gguf`, 'v2'],
    ['https://hf.co/owner/name', 'main'],
  ])('is found by the address of its page: %s', async (address, revision) => {
    await hubWith([entry('m.gguf')], revision);
    const [model] = await inspect(address);
    expect(model?.files[0]?.sources).toEqual([`${hubAddress}/owner/name/resolve/${revision}/m.gguf`]);
  });

  it('without anything to run says so, and what is missing where something is', async () => {
    await hubWith([entry('README.md'), entry('model.safetensors')]);
    await expect(inspect('owner/name')).rejects.toMatchObject({
      code: 'bad-request',
      message: 'owner/name holds nothing that can run in this page.',
    });
    await hubWith([entry('onnx/model.onnx'), entry('config.json')]);
    await expect(inspect('owner/name')).rejects.toThrow(/lacks tokenizer\.json/);
    // A compiled library lies elsewhere, and only the catalogue knows where.
    await hubWith(
      ['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json', 'params_shard_0.bin'].map((path) =>
        entry(path),
      ),
    );
    await expect(inspect('owner/name')).rejects.toThrow(/lacks model-library\.wasm/);
  });

  it.each([
    '',
    'name',
    '/name',
    'owner/',
    '../../etc',
    'owner/..',
    'a b/c',
    'owner/name?x',
    'https://example.com/owner/name',
  ])('is not named by “%s”, and nobody is asked', async (name) => {
    const hub = await standInForHub(answers({}));
    await expect(inspect(name)).rejects.toMatchObject({ code: 'bad-request' });
    expect(hub.requests).toEqual([]);
  });
});

describe('the address of a GGUF file', () => {
  const serve = async (files: Readonly<Record<string, Buffer>>): Promise<string> =>
    (await fakeServer(answers(files))).url;

  it('is a model with what its header tells', async () => {
    const url = await serve({ '/a%20b/Tiny-Q8_0.gguf': tinyGguf });
    const [model] = await inspect(`${url}/a%20b/Tiny-Q8_0.gguf?download=true`);
    expect(model).toMatchObject({
      id: `${url}/a%20b/Tiny-Q8_0.gguf?download=true`,
      engine: 'wllama',
      quantization: 'Q8_0',
      contextLength: 1024,
      shape: { layers: 2 },
      files: [
        {
          path: 'Tiny-Q8_0.gguf',
          bytes: tinyGguf.length,
          sources: [`${url}/a%20b/Tiny-Q8_0.gguf?download=true`],
        },
      ],
    });
  });

  it('that is one of several parts brings the others', async () => {
    const url = await serve({
      '/m-00001-of-00002.gguf': tinyGguf,
      '/m-00002-of-00002.gguf': Buffer.alloc(9),
    });
    const [model] = await inspect(`${url}/m-00002-of-00002.gguf`);
    expect(model?.files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['m-00001-of-00002.gguf', tinyGguf.length],
      ['m-00002-of-00002.gguf', 9],
    ]);
  });

  it('that lacks a part, is cut, or is a web page is refused before anything is downloaded', async () => {
    const url = await serve({
      '/m-00001-of-00002.gguf': tinyGguf,
      '/cut.gguf': tinyGguf.subarray(0, 100_000),
      '/page.gguf': Buffer.from('<!doctype html><title>Sign in</title>'),
    });
    await expect(inspect(`${url}/m-00001-of-00002.gguf`)).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('m-00002-of-00002.gguf') as string,
    });
    await expect(inspect(`${url}/cut.gguf`)).rejects.toThrow(/cut\.gguf is cut/);
    await expect(inspect(`${url}/page.gguf`)).rejects.toMatchObject({ code: 'load-failed' });
    await expect(inspect(`${url}/none.gguf`)).rejects.toMatchObject({ code: 'model-not-found' });
    await expect(inspect('http://127.0.0.1:9/m.gguf')).rejects.toMatchObject({ code: 'unreachable' });
  });
});
