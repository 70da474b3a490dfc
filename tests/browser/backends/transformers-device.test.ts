/** The graphics card is taken away in the middle of an answer. The engine runs in the page here, so that a test can reach its device. */
import { afterEach, expect, test } from 'vitest';
import { TransformersEngine } from '../../../src/backends/transformers/engine';
import { loadOptions } from '../../../src/backends/transformers/load-options';
import type { EngineEvent } from '../../../src/backends/shared/engine';
import type { BackendError } from '../../../src/core/backend-error';
import { memoryShelf } from './memory-shelf';
import { ask, never, user } from './tiny-model';
import { onnxBackend, tinyOnnx } from './tiny-onnx';

const originalRequestDevice = GPUAdapter.prototype.requestDevice;

afterEach(() => {
  GPUAdapter.prototype.requestDevice = originalRequestDevice;
});

/** Every device that is made from now on. */
function devices(): GPUDevice[] {
  const made: GPUDevice[] = [];
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await originalRequestDevice.call(this, descriptor);
    made.push(device);
    return device;
  };
  return made;
}

test('a lost graphics card ends the answer with its cause, and a new worker goes on', async () => {
  const made = devices();
  const losses: BackendError[] = [];
  const engine = new TransformersEngine((loss) => losses.push(loss));
  const model = tinyOnnx();
  const { files } = await memoryShelf(model).open(model, () => undefined, never());
  await engine.load(loadOptions(model, {}, 'gpu'), files);
  const seen: EngineEvent['type'][] = [];
  const request = { modelId: model.id, messages: [user('count to one hundred')], params: { temperature: 0 } };
  const answer = (async () => {
    for await (const { type } of engine.chat(request, never())) {
      seen.push(type);
      if (type === 'text-delta') for (const device of made) device.destroy();
    }
  })();
  await expect(answer).rejects.toMatchObject({ code: 'out-of-memory' });
  await expect(answer).rejects.toThrow(/graphics card ran out of memory or was reset/);
  expect(seen).toContain('text-delta');
  expect(losses).toEqual([]);

  const backend = onnxBackend(model);
  const loaded = await backend.load({ modelId: model.id, params: {}, device: 'gpu' }, () => {}, never());
  expect(loaded.notice).toMatch(/program on the processor/);
  expect((await ask(backend, model.id, 'ping', { temperature: 0 })).text).toBe('pong');
  await backend.dispose();
});
