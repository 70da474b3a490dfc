import { expect, test } from 'vitest';
import { createTransformers } from '../../../src/backends/transformers/index';
import { createWllama } from '../../../src/backends/wllama/index';
import { contextWith, memoryShelf } from './memory-shelf';
import { ask, tinyModel } from './tiny-model';
import { tinyOnnx } from './tiny-onnx';

test('two engines stream at the same time, and each answers as it does alone', async () => {
  const [gguf, onnx] = [tinyModel(), tinyOnnx()];
  const context = contextWith(memoryShelf(gguf, onnx));
  const backends = [createWllama(context), createTransformers(context)] as const;
  const order: string[] = [];
  const count = async (backend: (typeof backends)[number], modelId: string) => {
    await ask(backend, modelId, 'ping');
    const onEvent = () => order.push(backend.id);
    return (await ask(backend, modelId, 'count to one hundred', { temperature: 0 }, { onEvent })).text;
  };
  // Loaded first, so that the answers run beside each other.
  await Promise.all([ask(backends[0], gguf.id, 'ping'), ask(backends[1], onnx.id, 'ping')]);
  const [one, other] = await Promise.all([count(backends[0], gguf.id), count(backends[1], onnx.id)]);
  expect(one).toBe(Array.from({ length: 100 }, (_, index) => index + 1).join(' '));
  expect(other).toBe(one);
  // Each has events between the first and the last one of the other.
  for (const id of ['wllama', 'transformers']) {
    const stranger = id === 'wllama' ? 'transformers' : 'wllama';
    expect(order.slice(order.indexOf(id), order.lastIndexOf(id))).toContain(stranger);
  }
  await Promise.all(backends.map((backend) => backend.dispose()));
});
