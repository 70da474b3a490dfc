/** Which models engines are measured with, in folders that have them or not. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findCases } from '../../../../bench/engines/cases.mjs';

const fixtures = join('tests', 'fixtures', 'tiny-model');
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-cases-'));
  await cp(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tiny-model'), join(root, fixtures), {
    recursive: true,
  });
});
afterEach(() => rm(root, { recursive: true }));

it('takes what every clone has, and says why the rest is left out', async () => {
  const { cases, skipped, files } = await findCases(root, {});
  expect(cases.map(({ name }) => name)).toEqual(['wllama, tiny model', 'transformers, tiny model']);
  expect(skipped.map((sentence) => sentence.split(':')[0])).toEqual([
    'wllama, starter model',
    'transformers, starter model',
    'webllm',
  ]);
  const graph = cases[1]?.model.files.find(({ path }) => path === 'onnx/model.onnx');
  expect(files.get(graph?.sources[0] ?? '')).toBe(join(root, fixtures, 'transformers', 'onnx', 'model.onnx'));
  expect(graph?.bytes).toBeGreaterThan(0);
});

it('takes the starter model where the models folder has it, in either form', async () => {
  const converted = join(root, 'models', 'SmolLM2-135M-Instruct-q8');
  await mkdir(converted, { recursive: true });
  await writeFile(join(converted, 'config.json'), '{}');
  await writeFile(join(root, 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf'), 'GGUF');
  const { cases, skipped } = await findCases(root, {});
  expect(cases.map(({ name }) => name).slice(2)).toEqual([
    'wllama, starter model',
    'transformers, starter model',
  ]);
  expect(cases[2]?.model.files).toMatchObject([{ path: 'SmolLM2-135M-Instruct.Q4_1.gguf', bytes: 4 }]);
  expect(skipped).toHaveLength(1);
});

it('takes a WebLLM model that the environment names', async () => {
  const list = { records: [{ dataPath: 'params_shard_0.bin', nbytes: 64 }] };
  const server = createServer((_, response) => void response.end(JSON.stringify(list)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const environment = { WEBLLM_TEST_MODEL: `${url}/Given-MLC`, WEBLLM_TEST_LIB: `${url}/given.wasm` };
    const { cases, skipped } = await findCases(root, environment);
    const given = cases.at(-1);
    expect(given).toMatchObject({ name: 'webllm, Given-MLC', device: 'gpu' });
    expect(given?.model.files.at(-2)).toEqual({
      path: 'params_shard_0.bin',
      sources: [`${url}/Given-MLC/params_shard_0.bin`],
      bytes: 64,
    });
    expect(skipped).toHaveLength(2);
  } finally {
    server.close();
  }
});
