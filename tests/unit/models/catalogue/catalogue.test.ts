/** The catalogue's data against its shape, against arithmetic, and against what WebLLM itself ships with. */
import { ModelType, prebuiltAppConfig } from '@mlc-ai/web-llm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { starterModelFacts } from '../../../../scripts/starter-model/starter-model-facts.mjs';
import { onnxDtype, ggufQuantization } from '../../../../src/core/find-builds';
import { localEngines } from '../../../../src/core/local-model';
import { buildModelId } from '../../../../src/models/catalogue/build-model-id';
import { catalogue } from '../../../../src/models/catalogue/catalogue';
import type { CatalogueBuild, CatalogueModel } from '../../../../src/models/catalogue/catalogue-model';
import { hubAddress, sourcesOf } from '../../../../src/models/sources/hub';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = v.pipe(v.string(), v.nonEmpty(), v.trim());
const matching = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));

const build = v.strictObject({
  engine: v.picklist(localEngines),
  repository: matching(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/),
  revision: matching(/^(main|[0-9a-f]{40})$/),
  quantization: text,
  bytes: count,
  isExact: v.boolean(),
  file: v.optional(matching(/^[\w./-]+\.(gguf|onnx)$/)),
  sha256: v.optional(matching(/^[0-9a-f]{64}$/)),
  library: v.optional(matching(/^https:\/\/.+\.wasm$/)),
  needsF16: v.optional(v.literal(true)),
});

const model = v.strictObject({
  id: matching(/^[a-z0-9]+([.-][a-z0-9]+)*$/),
  label: text,
  family: text,
  parameters: count,
  license: v.picklist(['Apache-2.0', 'MIT', 'llama3.1', 'llama3.2', 'gemma', 'lfm1.0']),
  contextLength: v.pipe(count, v.minValue(512), v.maxValue(1 << 20)),
  capabilities: v.pipe(
    v.array(v.picklist(['chat', 'vision', 'tools', 'thinking', 'embedding'])),
    v.nonEmpty(),
  ),
  shape: v.optional(v.strictObject({ layers: count, keyValueHeads: count, headSize: count })),
  embedding: v.optional(
    v.strictObject({ pooling: v.picklist(['mean', 'cls', 'last-token']), isNormalized: v.boolean() }),
  ),
  summary: matching(/^[A-Z].*\.$/),
  suggestedParams: v.optional(
    v.strictObject({
      temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
      topP: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      topK: v.optional(count),
      minP: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      repeatPenalty: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(2))),
    }),
  ),
  builds: v.pipe(v.array(build), v.nonEmpty()),
});

/**
 * Bits per weight, lowest and highest: below the first a file cannot hold the weights. The highest are those of
 * small models, whose embeddings are a large share and often left as they were.
 */
const bitsPerWeight: Readonly<Record<string, readonly [number, number]>> = {
  Q4_1: [4.9, 6],
  Q4_K_M: [4.5, 8],
  Q8_0: [8.4, 8.8],
  fp32: [31.5, 32.5],
  q8: [7.9, 8.5],
  q4: [4.5, 24],
  q4f16: [4.5, 8.1],
  q4f16_1: [4.5, 5],
  q4f32_1: [5, 5.5],
  q0f16: [15.9, 16.5],
  q0f32: [31.9, 32.5],
  'q0f32-b4': [31.9, 32.5],
};

const builds = catalogue.flatMap((entry) => entry.builds.map((one) => ({ entry, build: one })));
const isChat = ({ capabilities }: CatalogueModel): boolean => capabilities.includes('chat');
const isEmbedding = ({ capabilities }: CatalogueModel): boolean => capabilities.includes('embedding');
const name = ({ entry, build: { engine, quantization } }: (typeof builds)[number]): string =>
  `${entry.id} ${engine} ${quantization}`;

function doubles(names: readonly string[]): string[] {
  return names.filter((one, index) => names.indexOf(one) !== index);
}

describe('the catalogue', () => {
  it.each(catalogue.map((entry) => [entry.id, entry]))(
    '%s has the shape that its type promises',
    (_, entry) => {
      expect(v.safeParse(model, entry).issues?.map((issue) => [v.getDotPath(issue), issue.message])).toBe(
        undefined,
      );
    },
  );

  it('has at least 25 chat models from 100 M to 9 B of several families, and embedding models', () => {
    const chat = catalogue.filter(isChat);
    expect(chat.length).toBeGreaterThanOrEqual(25);
    expect(chat.filter(({ parameters }) => parameters < 100e6 || parameters >= 10e9)).toEqual([]);
    expect(Math.min(...chat.map(({ parameters }) => parameters))).toBeLessThan(200e6);
    expect(Math.max(...chat.map(({ parameters }) => parameters))).toBeGreaterThan(8e9);
    expect(new Set(chat.map(({ family }) => family)).size).toBeGreaterThanOrEqual(8);
    expect(catalogue.filter(isEmbedding).length).toBeGreaterThanOrEqual(5);
    for (const engine of localEngines) {
      expect(builds.filter(({ build }) => build.engine === engine).length).toBeGreaterThanOrEqual(10);
    }
  });

  it('names every model, every label and every build once', () => {
    expect(doubles(catalogue.map(({ id }) => id))).toEqual([]);
    expect(doubles(catalogue.map(({ label }) => label))).toEqual([]);
    expect(
      doubles(builds.map(({ entry, build }) => `${build.engine}/${buildModelId(entry, build)}`)),
    ).toEqual([]);
    const addresses = builds.map(({ build }) => [build.repository, build.file, build.library].join(' '));
    expect(doubles(addresses)).toEqual([]);
  });

  it('says how embedding models pool, and of chat models only what the cache formula needs', () => {
    for (const entry of catalogue) {
      expect([entry.id, entry.embedding !== undefined]).toEqual([entry.id, isEmbedding(entry)]);
      expect([entry.id, isChat(entry) && isEmbedding(entry)]).toEqual([entry.id, false]);
      if (isEmbedding(entry)) expect([entry.id, entry.shape]).toEqual([entry.id, undefined]);
    }
  });

  it('claims to see only where the engine has been given eyes', () => {
    // A projector beside a GGUF, or a second ONNX graph, is no part of a build.
    const seeing = builds.filter(({ entry }) => entry.capabilities.includes('vision'));
    expect(seeing.filter(({ build: { engine } }) => engine !== 'webllm').map(name)).toEqual([]);
  });

  it('describes the starter model as `npm start` gets it', () => {
    const { file, bytes, sha256, hubUrl, license, suggestedParams } = starterModelFacts;
    const found = builds.find(({ build }) => build.sha256 === sha256);
    expect(found?.entry).toMatchObject({ license, suggestedParams });
    expect(found?.build).toMatchObject({ file, bytes, isExact: true });
    const { repository = '', revision = '' } = found?.build ?? {};
    expect(sourcesOf(repository, revision, file, {})).toEqual([hubUrl]);
  });
});

describe('a build of the catalogue', () => {
  it.each(builds.map((one) => [name(one), one]))('%s is of a plausible size', (_, { entry, build }) => {
    const bits = (build.bytes * 8) / entry.parameters;
    const [least, most] = bitsPerWeight[build.quantization] ?? [0, 0];
    expect(bits).toBeGreaterThanOrEqual(least);
    expect(bits).toBeLessThanOrEqual(most);
  });

  const namedBy: Readonly<Record<CatalogueBuild['engine'], (build: CatalogueBuild) => string | undefined>> = {
    wllama: ({ file }) => file && ggufQuantization(file),
    transformers: ({ file }) => file && onnxDtype(file),
    // Embedding models differ in their libraries by the size of a batch; the weights are one repository.
    webllm: ({ repository, quantization }) =>
      repository.endsWith(`-${quantization.replace(/-b\d+$/, '')}-MLC`) ? quantization : undefined,
  };

  it('is named as its file is, and has a library exactly where WebLLM needs one', () => {
    for (const one of builds) {
      const { engine, quantization, file, library, sha256, needsF16 } = one.build;
      expect([name(one), namedBy[engine](one.build)]).toEqual([name(one), quantization]);
      expect([name(one), library !== undefined]).toEqual([name(one), engine === 'webllm']);
      expect([name(one), file !== undefined]).toEqual([name(one), engine !== 'webllm']);
      // On a processor 16-bit floats are no matter; a GGUF runs there.
      expect([name(one), needsF16 === true]).toEqual([name(one), /q\df16/.test(quantization)]);
      if (sha256 !== undefined) expect([name(one), file]).not.toEqual([name(one), undefined]);
    }
  });
});

describe('a WebLLM build of the catalogue', () => {
  const webLlm = builds.filter(({ build }) => build.engine === 'webllm');

  it.each(webLlm.map((one) => [name(one), one]))(
    '%s is one that WebLLM itself knows',
    (_, { entry, build }) => {
      const records = prebuiltAppConfig.model_list.filter(
        ({ model, model_lib }) =>
          model === `${hubAddress}/${build.repository}` && model_lib === build.library,
      );
      expect(records).not.toEqual([]);
      for (const record of records) {
        expect(record.model_id.startsWith(build.repository.replace('mlc-ai/', ''))).toBe(true);
        // Weights are a part of the memory that its makers measured, in MB of 2^20 bytes.
        expect(build.bytes).toBeLessThan((record.vram_required_MB ?? 0) * 2 ** 20);
        expect(record.model_type === ModelType.embedding).toBe(isEmbedding(entry));
        expect(record.model_type === ModelType.VLM).toBe(entry.capabilities.includes('vision'));
        if (record.required_features?.includes('shader-f16')) expect(build.needsF16).toBe(true);
      }
    },
  );
});
