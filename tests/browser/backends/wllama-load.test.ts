import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Backend, LoadProgress } from '../../../src/core/backend';
import { BackendError } from '../../../src/core/backend-error';
import type { ChatEvent } from '../../../src/core/chat-event';
import type { LocalModel } from '../../../src/core/local-model';
import { kill, recordWorkers } from './record-workers';
import { ask, never, patchedTiny, tinyBackend, tinyBytes, tinyModel } from './tiny-model';

let file: LocalModel;
let backend: Backend;

beforeEach(() => {
  file = tinyModel();
  backend = tinyBackend(file);
});

afterEach(() => backend.dispose());

function loadNow(modelId = file.id, contextLength?: number) {
  const progress: LoadProgress[] = [];
  const params = contextLength === undefined ? {} : { contextLength };
  const model = backend.load({ modelId, params }, (one) => progress.push(one), never());
  return model.then((loaded) => ({ loaded, progress }));
}

test('says that it can run here and which models there are', async () => {
  expect(await backend.probe(never())).toEqual({
    state: 'ready',
    version: expect.stringMatching(/^\d+\.\d+/) as string,
  });
  expect(await backend.listModels(never())).toMatchObject([
    { id: file.id, bytes: tinyBytes, isLoaded: false },
  ]);
});

test('tells the device that really runs it, and what the load was spent on', async () => {
  const { loaded, progress } = await loadNow();
  // The software adapter of this browser has no 16-bit floats, so the engine must run on the processor.
  expect(loaded).toMatchObject({ modelId: file.id, runsOn: 'this-cpu', contextLength: 1024 });
  expect(loaded.timings?.filesMs).toBeGreaterThan(0);
  expect(loaded.timings?.initializeMs).toBeGreaterThan(0);
  expect(progress.at(-1)).toEqual({ phase: 'initialize' });
  expect(await backend.listModels(never())).toMatchObject([{ isLoaded: true, thinkingControl: 'none' }]);
});

test('a second load of the same model does nothing; after an unload it loads again', async () => {
  await loadNow();
  expect((await loadNow()).progress).toEqual([]);
  await backend.unload?.(file.id, never());
  expect((await backend.listModels(never())).map(({ isLoaded }) => isLoaded)).toEqual([false]);
  await loadNow();
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});

test('the first answer after a load is cold, the next one is not', async () => {
  const isCold = async () => (await ask(backend, file.id, 'ping')).events.map((event) => 'isCold' in event);
  expect(await isCold()).toContain(true);
  expect(await isCold()).not.toContain(true);
  await backend.unload?.(file.id, never());
  expect(await isCold()).toContain(true);
});

test('the graphics card that was asked for and cannot do it is a clear error', async () => {
  const request = { modelId: file.id, params: {}, device: 'gpu' as const };
  await expect(backend.load(request, () => {}, never())).rejects.toThrow(/16-bit floats/);
});

test('another context length loads the model anew; a request that names none takes what is there', async () => {
  expect((await loadNow(file.id, 256)).loaded.contextLength).toBe(256);
  expect((await loadNow(file.id, 512)).loaded.contextLength).toBe(512);
  expect((await loadNow()).loaded.contextLength).toBe(512);
  expect((await loadNow()).progress).toEqual([]);
});

test('one model at a time: another one takes its place', async () => {
  const other = tinyModel();
  backend = tinyBackend(file, other);
  await loadNow();
  await loadNow(other.id);
  expect((await backend.listModels(never())).map(({ isLoaded }) => isLoaded)).toEqual([false, true]);
});

test('a load that is stopped ends at once, and the next one works', async () => {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const load = backend.load({ modelId: file.id, params: {} }, stop, controller.signal);
  await expect(load).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect((await backend.listModels(never())).map(({ isLoaded }) => isLoaded)).toEqual([false]);
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});

test('an unload during an answer waits for it; dispose ends it with an error', async () => {
  await loadNow();
  const answer = ask(backend, file.id, 'count to ten', { temperature: 0 });
  await backend.unload?.(file.id, never());
  expect((await answer).last).toMatchObject({ type: 'stream-end', reason: 'stop' });

  const onEvent = (event: ChatEvent) => event.type === 'text-delta' && void backend.dispose();
  const cut = await ask(backend, file.id, 'count to one hundred', {}, { onEvent });
  expect(cut.last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
});

test('an unknown model is named', async () => {
  await expect(loadNow('nobody')).rejects.toThrow(BackendError);
  const { last } = await ask(backend, 'nobody', 'ping');
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'model-not-found' } });
});

test('a model without a chat template says so and continues the text', async () => {
  const bare = await patchedTiny('tokenizer.chat_template', 'tokenizer.chat_nothing1');
  backend = tinyBackend(bare);
  expect((await loadNow(bare.id)).loaded.notice).toMatch(/no chat template/);
  const turn = '<|im_start|>user\nping<|im_end|>\n<|im_start|>assistant\n';
  expect((await ask(backend, bare.id, turn, { temperature: 0 })).text).toBe('pong');
});

test('a worker that dies in the middle of an answer is reported and replaced', async () => {
  const [worker] = await recordWorkers(() => loadNow());
  const onEvent = (event: ChatEvent) => event.type === 'text-delta' && kill(worker);
  const cut = await ask(backend, file.id, 'count to one hundred', {}, { onEvent });
  expect(cut.text).toMatch(/^1/);
  expect(cut.last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});

test('runs on two threads where the page is cross-origin isolated', async () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  vi.spyOn(navigator, 'hardwareConcurrency', 'get').mockReturnValue(4);
  await loadNow();
  vi.restoreAllMocks();
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});
