import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Backend, LoadProgress } from '../../../src/core/backend';
import type { ChatEvent } from '../../../src/core/chat-event';
import type { LocalModel } from '../../../src/core/local-model';
import { kill, recordWorkers } from './record-workers';
import { ask, never } from './tiny-model';
import { jsonOf, onnxBackend, tinyOnnx } from './tiny-onnx';

let model: LocalModel;
let backend: Backend;

beforeEach(() => {
  model = tinyOnnx();
  backend = onnxBackend(model);
});

afterEach(() => backend.dispose());

function load(params = {}) {
  return backend.load({ modelId: model.id, params }, () => {}, never());
}

test('tells where it runs, its context window, and what the load was spent on', async () => {
  const progress: LoadProgress[] = [];
  const loaded = await backend.load({ modelId: model.id, params: {} }, (one) => progress.push(one), never());
  expect(loaded).toMatchObject({ modelId: model.id, runsOn: 'this-cpu', contextLength: 1024 });
  expect(loaded.timings?.initializeMs).toBeGreaterThan(0);
  expect(loaded.notice).toBeUndefined();
  expect(progress.at(-1)).toEqual({ phase: 'initialize' });
  expect(await backend.listModels(never())).toMatchObject([{ isLoaded: true, thinkingControl: 'none' }]);
});

test('the first answer after a load is cold; after an unload it loads again', async () => {
  const isCold = async () => (await ask(backend, model.id, 'ping')).events.map((event) => 'isCold' in event);
  expect(await isCold()).toContain(true);
  expect(await isCold()).not.toContain(true);
  await backend.unload?.(model.id, never());
  expect((await backend.listModels(never())).map(({ isLoaded }) => isLoaded)).toEqual([false]);
  expect(await isCold()).toContain(true);
});

test('runs on the graphics card that was asked for, and says when that is a program', async () => {
  const loaded = await backend.load({ modelId: model.id, params: {}, device: 'gpu' }, () => {}, never());
  // The only adapter of this browser is SwiftShader, which computes on the processor.
  expect(loaded.runsOn).toBe('this-cpu');
  expect(loaded.notice).toMatch(/program on the processor/);
  expect((await ask(backend, model.id, 'ping', { temperature: 0 })).text).toBe('pong');
});

test('16-bit builds are refused where the graphics card has no 16-bit floats', async () => {
  const half = tinyOnnx({}, { quantization: 'q4f16' });
  backend = onnxBackend(half);
  const loading = backend.load({ modelId: half.id, params: {} }, () => {}, never());
  await expect(loading).rejects.toMatchObject({ code: 'unsupported-environment' });
  await expect(loading).rejects.toThrow(/16-bit floats/);
});

test('a model without a chat template says so and continues the text', async () => {
  const config = { ...(await jsonOf('tokenizer_config.json')), chat_template: undefined };
  const bare = tinyOnnx({ 'tokenizer_config.json': JSON.stringify(config) });
  backend = onnxBackend(bare);
  const loaded = await backend.load({ modelId: bare.id, params: {} }, () => {}, never());
  expect(loaded.notice).toMatch(/no chat template/);
  const turn = '<|im_start|>user\nping<|im_end|>\n<|im_start|>assistant\n';
  expect((await ask(backend, bare.id, turn, { temperature: 0 })).text).toBe('pong');
});

test('another context length takes effect, and a request that names none takes what is there', async () => {
  expect((await load({ contextLength: 256 })).contextLength).toBe(256);
  expect((await load()).contextLength).toBe(256);
  expect((await load({ contextLength: 9999 })).contextLength).toBe(1024);
});

test('a load that is stopped ends at once, and the next one works', async () => {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const loading = backend.load({ modelId: model.id, params: {} }, stop, controller.signal);
  await expect(loading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect((await ask(backend, model.id, 'ping')).text).toBe('pong');
});

test('a worker that dies in the middle of an answer is reported and replaced', async () => {
  const [worker] = await recordWorkers(() => load());
  const onEvent = (event: ChatEvent) => event.type === 'text-delta' && kill(worker);
  const cut = await ask(backend, model.id, 'count to one hundred', {}, { onEvent });
  expect(cut.text).toMatch(/^1/);
  expect(cut.last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
  expect((await ask(backend, model.id, 'ping')).text).toBe('pong');
});

test('two threads where the page is cross-origin isolated', async () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  vi.spyOn(navigator, 'hardwareConcurrency', 'get').mockReturnValue(4);
  await load();
  vi.restoreAllMocks();
  expect((await ask(backend, model.id, 'ping')).text).toBe('pong');
});
