/** Losing a real graphics device, and reading a model's files through WebLLM's own code. */
import { hasModelInCache } from '@mlc-ai/web-llm';
import { afterEach, expect, test, vi } from 'vitest';
import { DeviceWatch } from '../../../src/backends/shared/device-watch';
import { FileCache } from '../../../src/backends/webllm/file-cache';
import { modelRecord, urlOf } from '../../../src/backends/webllm/model-record';
import type { BackendError } from '../../../src/core/backend-error';
import { madeModel } from './webllm-model';

const originalRequestDevice = GPUAdapter.prototype.requestDevice;

afterEach(() => {
  GPUAdapter.prototype.requestDevice = originalRequestDevice;
  vi.unstubAllGlobals();
});

async function watchedDevice(onIdleLoss: (loss: BackendError) => void = () => undefined) {
  const watch = new DeviceWatch(onIdleLoss);
  watch.install();
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('This browser has no adapter.');
  return { watch, device: await adapter.requestDevice() };
}

test('work that waits for the graphics card fails as soon as the device is lost', async () => {
  const { watch, device } = await watchedDevice();
  const work = watch.guard(new Promise(() => undefined));
  device.destroy();
  await expect(work).rejects.toThrow(expect.objectContaining({ code: 'out-of-memory' }));
});

test('an error that comes just before the loss is announced is put down to the loss', async () => {
  const { watch, device } = await watchedDevice();
  device.destroy();
  const work = watch.guard(Promise.reject(new Error('mapAsync failed')));
  await expect(work).rejects.toThrow(expect.objectContaining({ code: 'out-of-memory' }));
});

test('a loss while nothing is asked is reported once; what comes after fails at once', async () => {
  const losses: BackendError[] = [];
  const { watch, device } = await watchedDevice((loss) => losses.push(loss));
  device.destroy();
  await vi.waitFor(() => expect(losses).toHaveLength(1));
  await expect(watch.guard(Promise.resolve('late'))).rejects.toBe(losses[0]);
});

test('an unload destroys the device too, and nobody is told', async () => {
  const losses: BackendError[] = [];
  const { watch, device } = await watchedDevice((loss) => losses.push(loss));
  watch.end();
  device.destroy();
  await device.lost;
  expect(await watch.guard(Promise.resolve('done'))).toBe('done');
  expect(losses).toEqual([]);
});

test('other errors pass as they are', async () => {
  const { watch } = await watchedDevice();
  const error = new Error('no loss');
  await expect(watch.guard(Promise.reject(error))).rejects.toBe(error);
  expect(watch.isSoftware).toBe(true);
});

test('what only looks like an error, as the end of an engine in WebAssembly does, keeps its words', async () => {
  const { watch } = await watchedDevice();
  const status: unknown = { name: 'ExitStatus', message: 'Program terminated with exit(1)' };
  const work = Promise.resolve().then(() => {
    throw status;
  });
  await expect(watch.guard(work)).rejects.toThrow('Program terminated with exit(1)');
});

test('WebLLM finds the whole model in our cache, and misses what is not there', async () => {
  const model = madeModel();
  const opened = await Promise.all(
    model.files.map(async ({ path, sources: [source = ''] }) => ({
      path,
      blob: await (await fetch(source)).blob(),
    })),
  );
  const serve = (files: typeof opened) =>
    vi.stubGlobal('caches', { open: () => Promise.resolve(new FileCache(files)) });
  const appConfig = { model_list: [modelRecord(model, 1024)] };
  serve(opened);
  expect(await hasModelInCache(model.id, appConfig)).toBe(true);
  serve(opened.filter(({ path }) => !path.startsWith('params_shard')));
  expect(await hasModelInCache(model.id, appConfig)).toBe(false);
  serve([]);
  const cache = new FileCache([]);
  await expect(cache.add(urlOf('tokenizer.json'))).rejects.toThrow(/tokenizer\.json/);
});
