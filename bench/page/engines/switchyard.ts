/** A model through our layer, as the page runs it. */
import { GpuResidency } from '../../../src/backends/shared/gpu-residency';
import type { LocalContext } from '../../../src/backends/shared/local-backend';
import { createTransformers } from '../../../src/backends/transformers/index';
import { createWebLlm } from '../../../src/backends/webllm/index';
import { createWllama } from '../../../src/backends/wllama/index';
import type { Backend, Device } from '../../../src/core/backend';
import type { LocalEngine, LocalModel } from '../../../src/core/local-model';
import type { ModelShelf, OpenedFile } from '../../../src/core/model-shelf';
import { streamChat } from '../../../src/core/stream-chat';
import type { Subject } from './subject';

const makers: Readonly<Record<LocalEngine, (context: LocalContext) => Backend>> = {
  wllama: createWllama,
  transformers: createTransformers,
  webllm: createWebLlm,
};

export function switchyard(
  model: LocalModel,
  files: readonly OpenedFile[],
  contextLength: number,
  device: Device,
): Subject {
  const shelf: ModelShelf = {
    models: () => [model],
    open: () => Promise.resolve({ files }),
    recheck: () => Promise.resolve(),
  };
  const backend = makers[model.engine]({ shelf, gpu: new GpuResidency() });
  const { signal } = new AbortController();
  const modelId = model.id;
  return {
    async load() {
      await backend.load({ modelId, params: { contextLength }, device }, () => undefined, signal);
    },
    async answer({ messages, maxTokens }, onText) {
      const params = { temperature: 0, contextLength, maxTokens };
      for await (const event of streamChat(backend, { modelId, messages, params }, signal)) {
        if (event.type === 'text-delta') onText();
        if (event.type === 'stream-error') throw event.error;
        if (event.type !== 'stream-end') continue;
        const { promptTokens = NaN, cachedTokens = 0, completionTokens = NaN } = event.usage ?? {};
        return { readTokens: promptTokens - cachedTokens, answerTokens: completionTokens };
      }
      throw new Error('The answer has no end.');
    },
    async unload() {
      await backend.unload?.(modelId, signal);
    },
  };
}
