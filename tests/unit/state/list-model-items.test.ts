import { expect, test } from 'vitest';
import type { LocalModel } from '../../../src/core/local-model';
import type { CatalogueModel } from '../../../src/models/catalogue/catalogue-model';
import type { ModelDownload } from '../../../src/models/download/model-download';
import type { DeviceFacts } from '../../../src/models/fit/read-device';
import { listModelItems, type ModelSources } from '../../../src/state/list-model-items';
import { preferredBuild } from '../../../src/state/model-item';

const sha256 = 'ab'.repeat(32);
const entry: CatalogueModel = {
  id: 'small',
  label: 'Small',
  family: 'Small',
  parameters: 300e6,
  license: 'MIT',
  contextLength: 8192,
  capabilities: ['chat'],
  shape: { layers: 10, keyValueHeads: 2, headSize: 64 },
  summary: 'For tests.',
  builds: [
    {
      engine: 'wllama',
      repository: 'a/s',
      revision: 'main',
      quantization: 'Q8_0',
      bytes: 300e6,
      isExact: false,
      sha256,
    },
    {
      engine: 'transformers',
      repository: 'a/t',
      revision: 'main',
      quantization: 'q4f16',
      bytes: 200e6,
      isExact: false,
      needsF16: true,
    },
    {
      engine: 'webllm',
      repository: 'a/w',
      revision: 'main',
      quantization: 'q4f32_1',
      bytes: 100e6,
      isExact: false,
    },
  ],
};
const device: DeviceFacts = { cores: 4, hasThreads: true };

function list(sources: Partial<ModelSources>) {
  const nothing = { near: [], downloads: [], history: {}, contextLength: undefined };
  return listModelItems({ catalogue: [entry], device, ...nothing, ...sources });
}

function model(id: string, file: Partial<LocalModel['files'][number]> = {}): LocalModel {
  const files = [{ path: `${id}.gguf`, sources: ['https://a.invalid/'], bytes: 1000, ...file }];
  return { id, engine: 'wllama', label: `Label of ${id}`, files };
}

function download(one: LocalModel, loaded: number, state: ModelDownload['state']): ModelDownload {
  return { model: one, loaded, total: 1000, state };
}

test('without a graphics card neither WebLLM nor 16-bit graphs are offered first', () => {
  const [item] = list({});
  expect(item?.builds.map(({ fit }) => fit.verdict)).toEqual(['fits', 'will-not', 'will-not']);
  expect(item && preferredBuild(item)?.engine).toBe('wllama');
});

test('what the device can do is not known before it was asked', () => {
  const verdicts = list({ device: undefined }).flatMap(({ builds }) => builds.map(({ fit }) => fit.verdict));
  expect(new Set(verdicts)).toEqual(new Set(['unknown']));
});

test('a file of our own origin with the hash of a build is that build, whatever its name', () => {
  const items = list({ near: [model('starter', { sha256 })] });
  expect(items).toHaveLength(1);
  expect(items[0]?.builds[0]).toMatchObject({ modelId: 'starter', isNear: true, isExact: true });
});

test('a build that no repository has is one of the model whose name it bears', () => {
  const own = { ...model('starter'), label: entry.label, quantization: 'Q8_0' };
  const items = list({ near: [own] });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ key: entry.id, group: 'here' });
  expect(items[0]?.builds).toHaveLength(entry.builds.length + 1);
  expect(items[0] && preferredBuild(items[0])).toMatchObject({ modelId: 'starter', isNear: true });
});

test('a kept model that is also near is listed once, with both facts', () => {
  const one = model('mine');
  const items = list({ near: [one], downloads: [download(one, 1000, 'ready')] });
  expect(items.map(({ label }) => label)).toEqual(['Label of mine', 'Small']);
  expect(items[0]?.builds).toMatchObject([{ isNear: true, download: { state: 'ready' } }]);
});

test('what is here comes first, then what was only looked up, then the catalogue', () => {
  const items = list({
    downloads: [download(model('looked-up'), 0, 'partial'), download(model('begun'), 10, 'partial')],
  });
  expect(items.map(({ label }) => label)).toEqual(['Label of begun', 'Label of looked-up', 'Small']);
});

test('builds of one repository are one item', () => {
  const twins = ['q4', 'q8'].map((id) => ({ ...model(id), label: 'Twins' }));
  const [item] = list({ downloads: twins.map((one) => download(one, 0, 'partial')) });
  expect(item?.builds.map(({ modelId }) => modelId)).toEqual(['q4', 'q8']);
});

test('a build that is here is offered before one that fits as well', () => {
  const webllm: LocalModel = { ...model('small-q4f32_1'), engine: 'webllm' };
  const [item] = list({ downloads: [download(webllm, 1000, 'ready')] });
  expect(item && preferredBuild(item)?.engine).toBe('webllm');
});
