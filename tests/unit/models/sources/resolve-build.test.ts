/** Builds of the catalogue as a hub has them now: files, sizes, hashes, and what is no longer there. */
import { describe, expect, it } from 'vitest';
import { webLlmLibraryPath } from '../../../../src/core/local-model';
import { hubAddress } from '../../../../src/models/sources/hub';
import { resolveBuild } from '../../../../src/models/sources/resolve-build';
import type { CatalogueBuild, CatalogueModel } from '../../../../src/models/catalogue/catalogue-model';
import { fakeServer } from '../../relay/support/fake-server';
import { answers, entry, standInForHub, type TreeEntry } from './hub-server';

const { signal } = new AbortController();
const sha256 = 'ab'.repeat(32);
const model: CatalogueModel = {
  id: 'tiny-1b',
  label: 'Tiny 1B',
  family: 'Tiny',
  parameters: 1e9,
  license: 'MIT',
  contextLength: 2048,
  capabilities: ['chat', 'tools'],
  shape: { layers: 2, keyValueHeads: 1, headSize: 8 },
  summary: 'Small.',
  suggestedParams: { temperature: 0.2 },
  builds: [],
};
const buildOf = (changes: Partial<CatalogueBuild>): CatalogueBuild => ({
  engine: 'wllama',
  repository: 'owner/name',
  revision: 'main',
  quantization: 'Q4_K_M',
  bytes: 1000,
  isExact: false,
  ...changes,
});

async function resolve(
  tree: readonly TreeEntry[],
  changes: Partial<CatalogueBuild>,
  facts: Partial<CatalogueModel> = {},
) {
  await standInForHub(answers({ '/api/models/owner/name/tree/main': tree }));
  return resolveBuild({ ...model, ...facts }, buildOf(changes), {}, signal);
}

const address = (path: string): string => `${hubAddress}/owner/name/resolve/main/${path}`;

describe('a GGUF build', () => {
  it('is one file with the size and the hash of the hub, and everything that the catalogue knows', async () => {
    const tree = [entry('README.md'), entry('m-Q4_K_M.gguf', 500, sha256), entry('m-Q8_0.gguf', 900, sha256)];
    expect(await resolve(tree, { file: 'm-Q4_K_M.gguf' })).toEqual({
      id: 'tiny-1b-q4_k_m',
      engine: 'wllama',
      label: 'Tiny 1B',
      files: [{ path: 'm-Q4_K_M.gguf', bytes: 500, sha256, sources: [address('m-Q4_K_M.gguf')] }],
      quantization: 'Q4_K_M',
      license: 'MIT',
      contextLength: 2048,
      capabilities: { chat: true, tools: true },
      shape: model.shape,
      suggestedParams: { temperature: 0.2 },
    });
  });

  it('keeps the hash of the catalogue: another file under the name is not what was chosen', async () => {
    const own = 'cd'.repeat(32);
    const [file] = (await resolve([entry('m.gguf', 500, sha256)], { file: 'm.gguf', sha256: own })).files;
    expect(file?.sha256).toBe(own);
  });

  it('that is split is all its parts', async () => {
    const names = [1, 2].map((number) => `Q4/m-0000${number}-of-00002.gguf`);
    const { files } = await resolve(
      names.map((name) => entry(name)),
      { file: 'Q4/m-00001-of-00002.gguf' },
    );
    expect(files.map(({ path }) => path)).toEqual(names);
  });

  it.each([
    ['is gone', [entry('other.gguf')], 'm-00001-of-00002.gguf'],
    ['has lost a part', [entry('m-00001-of-00002.gguf')], 'm-00002-of-00002.gguf'],
  ])('that %s is not half downloaded', async (_what, tree, missing) => {
    await expect(resolve(tree, { file: 'm-00001-of-00002.gguf' })).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining(missing) as string,
    });
  });
});

describe('a build for Transformers.js', () => {
  const tree = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_q4.onnx'].map((path) =>
    entry(path),
  );

  it('is the graph with its weights and texts, and says how an embedding comes about', async () => {
    const embedding = { pooling: 'cls', isNormalized: true } as const;
    const resolved = await resolve(
      [...tree, entry('onnx/model_q4.onnx_data'), entry('onnx/model.onnx')],
      { engine: 'transformers', quantization: 'q4', file: 'onnx/model_q4.onnx' },
      { embedding, capabilities: ['embedding'] },
    );
    expect(resolved.files.map(({ path }) => path)).toEqual([
      ...tree.map(({ path }) => path),
      'onnx/model_q4.onnx_data',
    ]);
    expect(resolved).toMatchObject({ embedding, capabilities: { embedding: true } });
  });

  it('without its tokenizer is refused before anything is downloaded', async () => {
    const rest = tree.filter(({ path }) => path !== 'tokenizer.json');
    await expect(
      resolve(rest, { engine: 'transformers', quantization: 'q4', file: 'onnx/model_q4.onnx' }),
    ).rejects.toMatchObject({ code: 'model-not-found', message: 'owner/name no longer has tokenizer.json.' });
  });
});

describe('a build for WebLLM', () => {
  const tree = ['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json', 'params_shard_0.bin'].map(
    (path) => entry(path),
  );
  const webLlm = { engine: 'webllm', quantization: 'q4f16_1' } as const;

  it('has its library from another server, whose size is asked there', async () => {
    const libraries = await fakeServer(answers({ '/m.wasm': Buffer.alloc(77) }));
    const library = `${libraries.url}/m.wasm`;
    const { files } = await resolve([...tree, entry('logs.txt')], { ...webLlm, library });
    expect(files.map(({ path }) => path)).toEqual([...tree.map(({ path }) => path), webLlmLibraryPath]);
    expect(files.at(-1)).toEqual({ path: webLlmLibraryPath, sources: [library], bytes: 77 });
    expect(libraries.requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('has it from the repository where that keeps one', async () => {
    const { files } = await resolve([...tree, entry(webLlmLibraryPath, 77)], {
      ...webLlm,
      library: 'http://127.0.0.1:9/m.wasm',
    });
    expect(files.at(-1)).toMatchObject({ path: webLlmLibraryPath, sources: [address(webLlmLibraryPath)] });
  });

  it.each([
    ['is gone', answers({}), 'model-not-found'],
    ['is empty', answers({ '/m.wasm': 200 }), 'model-not-found'],
  ])('whose library %s cannot be had', async (_what, answer, code) => {
    const { url } = await fakeServer(answer);
    await expect(resolve(tree, { ...webLlm, library: `${url}/m.wasm` })).rejects.toMatchObject({ code });
  });

  it('whose library server does not answer says so', async () => {
    await expect(resolve(tree, { ...webLlm, library: 'http://127.0.0.1:9/m.wasm' })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  it('without weights is refused', async () => {
    const rest = tree.filter(({ path }) => !path.startsWith('params'));
    await expect(resolve(rest, { ...webLlm, library: 'http://127.0.0.1:9/m.wasm' })).rejects.toMatchObject({
      message: 'owner/name no longer has params_shard_0.bin.',
    });
  });
});
