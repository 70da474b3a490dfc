/**
 * WebLLM with a real embedding model. The addresses come from WEBLLM_TEST_EMBED_MODEL (the folder of a build for
 * 32-bit floats, with `mlc-chat-config.json`) and WEBLLM_TEST_EMBED_LIB (its compiled library), both readable from
 * another origin. Weights drawn at random will do: `scripts/webllm-weights.mjs`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend, LoadedModel, LoadProgress } from '../../../src/core/backend';
import { type LocalModel, modelBytes } from '../../../src/core/local-model';
import { givenWebLlmModel } from '../../support/given-webllm-model';
import { ask } from './tiny-model';
import { webLlmWith } from './webllm-model';

const { WEBLLM_TEST_EMBED_MODEL: modelUrl = '', WEBLLM_TEST_EMBED_LIB: libraryUrl = '' } = import.meta
  .env as Record<string, string | undefined>;
/** The shaders are compiled, and every number is computed, by a program on the processor. */
const patience = 10 * 60_000;
const never = () => new AbortController().signal;

describe.skipIf(!modelUrl || !libraryUrl)(
  'with the model of WEBLLM_TEST_EMBED_MODEL and WEBLLM_TEST_EMBED_LIB',
  { timeout: patience },
  () => {
    let model: LocalModel;
    let backend: Backend;
    let loaded: LoadedModel;
    const progress: LoadProgress[] = [];

    beforeAll(async () => {
      model = await givenWebLlmModel(modelUrl, libraryUrl, {
        capabilities: { chat: false, embedding: true },
        embedding: { pooling: 'cls', isNormalized: true },
      });
      ({ backend } = webLlmWith(model));
      loaded = await backend.load({ modelId: model.id, params: {} }, (one) => progress.push(one), never());
    }, patience);
    afterAll(() => backend?.dispose());

    const embed = async (...texts: string[]) => (await backend.embed?.(texts, model.id, never())) ?? [];

    test('is loaded, with progress in bytes, on what it is really computed by', async () => {
      const total = modelBytes(model);
      expect(progress.at(-1)).toEqual({ phase: 'initialize', loaded: total, total });
      expect(progress.length).toBeGreaterThan(2);
      expect(loaded).toMatchObject({ runsOn: 'this-cpu', notice: expect.stringMatching(/slow/) as string });
      expect(await backend.listModels(never())).toMatchObject([{ isLoaded: true }]);
    });

    test('one vector per text, in their order, of length one', async () => {
      const vectors = await embed('a cat', 'stocks fell');
      expect(vectors).toHaveLength(2);
      const [cat, stocks] = vectors;
      expect(cat?.length).toBeGreaterThan(1);
      expect(stocks).toHaveLength(cat?.length ?? 0);
      expect(length(cat)).toBeCloseTo(1, 5);
      expect(length(stocks)).toBeCloseTo(1, 5);
      expect(dot(cat, stocks)).toBeLessThan(0.999);
    });

    test('a text has the same vector alone and beside a longer one', async () => {
      const [alone] = await embed('a cat');
      const [, beside] = await embed('a much longer text about stocks', 'a cat');
      expect(beside).toEqual(alone);
    });

    test('a text over the context window is refused, and the next one is embedded', async () => {
      await expect(embed('word '.repeat(600))).rejects.toMatchObject({ code: 'context-overflow' });
      expect(await embed('ping')).toHaveLength(1);
    });

    test('it cannot answer, and says so', async () => {
      const { last } = await ask(backend, model.id, 'ping');
      expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
      expect(await embed('ping')).toHaveLength(1);
    });

    test('is unloaded, and loaded again by the next text', async () => {
      const [before] = await embed('ping');
      await backend.unload?.(model.id, never());
      expect(await backend.listModels(never())).toMatchObject([{ isLoaded: false }]);
      const [after] = await embed('ping');
      expect(after).toEqual(before);
    });

    test('a load that is stopped while the weights go to the graphics card leaves nothing, and the next succeeds', async () => {
      const stopped = webLlmWith(model).backend;
      const controller = new AbortController();
      const stopAtWeights = ({ loaded: bytes = 0 }: LoadProgress) => bytes > 0 && controller.abort();
      await expect(
        stopped.load({ modelId: model.id, params: {} }, stopAtWeights, controller.signal),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(await stopped.listModels(never())).toMatchObject([{ isLoaded: false }]);
      expect(await stopped.embed?.(['ping'], model.id, never())).toHaveLength(1);
      await stopped.dispose();
    });
  },
);

function length(vector: Float32Array | undefined): number {
  return Math.hypot(...(vector ?? []));
}

function dot(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
