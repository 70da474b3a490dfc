/** The starter embedding model's way into `models/`, with a tiny BERT and a real HTTP server in place of the hub. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { graphPath, makeEmbedder } from '../../../scripts/starter-embedder/make-embedder.mjs';
import { ensureStarterEmbedder, isStarterEmbedderThere } from '../../../scripts/starter-embedder.mjs';
import { ModelsFolder } from '../../../relay/serve/models-folder';
import { tinyShape, writeTinyBert } from './tiny-bert';

type Facts = NonNullable<NonNullable<Parameters<typeof ensureStarterEmbedder>[0]>['facts']>;

let directory: string;
let models: string;
let facts: Facts;
let requests: string[];
let hub: ReturnType<typeof createServer>;
let said: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'starter-embedder-'));
  models = join(directory, 'models');
  requests = [];
  said = '';
  const published = join(directory, 'published');
  await mkdir(published);
  await writeTinyBert(join(published, 'model.safetensors'));
  await writeFile(join(published, 'tokenizer.json'), '{"padding":{"strategy":{"Fixed":128}},"model":{}}');
  hub = createServer((request, response) => {
    requests.push(request.url ?? '');
    readFile(join(published, request.url ?? '')).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  const made = join(directory, 'made');
  await mkdir(made);
  const [weights, tokenizer] = [join(published, 'model.safetensors'), join(published, 'tokenizer.json')];
  await makeEmbedder({ weights, tokenizer, shape: tinyShape, folder: made });
  const { port } = hub.address() as AddressInfo;
  facts = {
    folder: 'Tiny',
    label: 'Tiny',
    hubUrl: `http://127.0.0.1:${port}`,
    wheel: 'none==0',
    weights: await factsOf(published, 'model.safetensors'),
    tokenizer: await factsOf(published, 'tokenizer.json'),
    shape: tinyShape,
    made: await Promise.all(
      [graphPath, 'tokenizer.json', 'config.json', 'tokenizer_config.json'].map((path) =>
        factsOf(made, path),
      ),
    ),
  };
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  // No Python: the second source must not reach for a network in a unit test.
  vi.stubEnv('PATH', directory);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
  await rm(directory, { recursive: true, force: true });
});

async function factsOf(folder: string, path: string) {
  const content = await readFile(join(folder, path));
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function ensure(environment: NodeJS.ProcessEnv = {}) {
  const own = { SWITCHYARD_CACHE: join(directory, 'cache'), ...environment };
  return ensureStarterEmbedder({ models, environment: own, facts });
}

it('is made of the published files, and the relay offers it as an embedding model', async () => {
  expect(await ensure()).toBe(join(models, 'Tiny'));
  const [model, ...others] = await new ModelsFolder(models).list();
  expect(others).toEqual([]);
  expect(model).toMatchObject({
    engine: 'transformers',
    label: 'Tiny',
    quantization: 'q8',
    license: 'Apache-2.0',
    contextLength: tinyShape.positions,
    capabilities: { chat: false, embedding: true },
    embedding: { pooling: 'mean', isNormalized: true },
  });
  const named = (model?.files ?? []).map(({ path, sha256 }) => [path, sha256]);
  expect(new Map(named as [string, string][])).toEqual(
    new Map(facts.made.map(({ path, sha256 }) => [path, sha256])),
  );
  expect(await readFile(join(models, 'LICENSE-all-MiniLM-L6-v2.txt'), 'utf8')).toContain('Apache License');
  const tokenizer: unknown = JSON.parse(await readFile(join(models, 'Tiny', 'tokenizer.json'), 'utf8'));
  expect(tokenizer).toMatchObject({ padding: null, truncation: null });
  // The published weights are four times as large, and of no more use.
  expect(await readdir(join(directory, 'cache', 'models'))).toEqual(['Tiny']);
});

it('is looked for once, and a second clone has it from the cache', async () => {
  await ensure();
  expect(await isStarterEmbedderThere({ models, facts })).toBe(true);
  await ensure();
  await rm(models, { recursive: true });
  expect(await isStarterEmbedderThere({ models, facts })).toBe(false);
  expect(await ensure()).toBeDefined();
  expect(requests).toHaveLength(2);
});

it('makes a damaged file of the cache anew', async () => {
  await ensure();
  await rm(models, { recursive: true });
  await writeFile(join(directory, 'cache', 'models', 'Tiny', graphPath), 'damaged');
  expect(await ensure()).toBeDefined();
  const { size } = await stat(join(models, 'Tiny', graphPath));
  expect(size).toBe(facts.made[0]?.bytes);
});

it('takes nothing that is not as published, and says what works without it', async () => {
  facts = { ...facts, weights: { ...facts.weights, sha256: '0'.repeat(64) } };
  expect(await ensure()).toBeUndefined();
  expect(await readdir(directory)).not.toContain('models');
  expect(said).toContain('documents are searched by keywords alone');
});

it('offers nothing where the conversion gave other bytes', async () => {
  facts = { ...facts, made: facts.made.map((file) => ({ ...file, sha256: '0'.repeat(64) })) };
  expect(await ensure()).toBeUndefined();
  expect(said).toContain('its SHA-256 differs');
  expect(await readdir(directory)).not.toContain('models');
});

it('does nothing when it is switched off', async () => {
  expect(await ensure({ STARTER_MODEL: 'off' })).toBeUndefined();
  expect(requests).toEqual([]);
  expect(said).toBe('');
});
