/** The real WebLLM in its worker, up to the library that only its own compiler can make. */
import wllamaWasm from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { afterEach, expect, test, vi } from 'vitest';
import type { Backend, Device, LoadProgress } from '../../../src/core/backend';
import { webLlmLibraryPath, type LocalModel } from '../../../src/core/local-model';
import { BackendError } from '../../../src/core/backend-error';
import { emptyModule, madeModel, webLlmWith } from './webllm-model';

let backend: Backend | undefined;

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await backend?.dispose();
});

const never = () => new AbortController().signal;

async function failureOf(model: LocalModel, device?: Device) {
  const made = webLlmWith(model);
  backend = made.backend;
  const request = { modelId: model.id, params: {}, ...(device && { device }) };
  const progress: LoadProgress[] = [];
  const error: unknown = await backend
    .load(request, (one) => progress.push(one), never())
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof BackendError)) throw new Error('The load did not fail with a BackendError.');
  return { error, progress, rechecked: made.shelf.rechecked };
}

test('is ready where WebGPU has an adapter, and lists its models', async () => {
  const model = madeModel();
  backend = webLlmWith(model).backend;
  expect(await backend.probe(never())).toEqual({
    state: 'ready',
    version: expect.stringMatching(/^\d+\.\d+/) as string,
  });
  expect(await backend.listModels(never())).toMatchObject([
    { id: model.id, isLoaded: false, quantization: 'q4f32_1', capabilities: { chat: true } },
  ]);
});

test('a library that is no WebAssembly is a damaged file, told by the engine in its worker', async () => {
  const { error, progress, rechecked } = await failureOf(
    madeModel({ [webLlmLibraryPath]: { content: '<!doctype html><title>404</title>' } }),
  );
  expect(error).toMatchObject({ code: 'load-failed', detail: { isFileDamaged: true } });
  expect(error.detail.said).toMatch(/WebAssembly/);
  expect(progress).toEqual([{ phase: 'initialize' }]);
  expect(rechecked).toHaveLength(1);
});

test('a library of something else is named as one, and its file is not blamed', async () => {
  const content = await (await fetch(wllamaWasm)).blob();
  const { error, rechecked } = await failureOf(madeModel({ [webLlmLibraryPath]: { content } }));
  expect(error).toMatchObject({
    code: 'load-failed',
    message: expect.stringMatching(/another version/) as string,
  });
  expect(rechecked).toHaveLength(0);
});

test('an empty module is no library either', async () => {
  const { error } = await failureOf(madeModel());
  expect(error).toMatchObject({ code: 'load-failed' });
  expect(error.message).not.toMatch(/undefined|null/);
});

test.for(['mlc-chat-config.json', webLlmLibraryPath])(
  'WebLLM itself refuses a %s that does not have its checksum',
  async (path) => {
    const content = path === webLlmLibraryPath ? emptyModule : '{}';
    const model = madeModel({ [path]: { content, sha256: '00'.repeat(32) } });
    const { error, rechecked } = await failureOf(model);
    expect(error).toMatchObject({ code: 'load-failed', detail: { isFileDamaged: true } });
    expect(error.detail.said).toMatch(/Integrity verification failed/);
    expect(rechecked).toEqual([model.id]);
  },
);

test('a right checksum is no hindrance', async () => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', emptyModule));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const { error } = await failureOf(madeModel({ [webLlmLibraryPath]: { content: emptyModule, sha256 } }));
  expect(error.detail.said).not.toMatch(/Integrity/);
});

test('a configuration that is a web page is a damaged file', async () => {
  const { error } = await failureOf(madeModel({ 'mlc-chat-config.json': { content: '<!doctype html>' } }));
  expect(error).toMatchObject({ code: 'load-failed', detail: { isFileDamaged: true } });
});

test.for([webLlmLibraryPath, 'mlc-chat-config.json', 'tensor-cache.json'])(
  'a model without %s is refused before anything is opened',
  async (path) => {
    const { error, progress } = await failureOf(madeModel({ [path]: undefined }));
    expect(error).toMatchObject({ code: 'load-failed' });
    expect(error.message).toContain(path);
    expect(progress).toEqual([]);
  },
);

test('a build for 16-bit floats is refused where the graphics card has none, before anything is opened', async () => {
  // The software adapter of this browser has none.
  const { error, progress } = await failureOf(
    madeModel({}, { id: 'Made-1M-q4f16_1-MLC', quantization: 'q4f16_1' }),
  );
  expect(error).toMatchObject({ code: 'unsupported-environment' });
  expect(error.message).toMatch(/shader-f16/);
  expect(progress).toEqual([]);
});

test('the processor is refused, because WebLLM cannot use it', async () => {
  const { error } = await failureOf(madeModel(), 'cpu');
  expect(error).toMatchObject({ code: 'unsupported-environment' });
  expect(error.detail.hint).toMatch(/another engine/);
});

test('WebLLM stores nothing of its own', async () => {
  const before = await caches.keys();
  await failureOf(madeModel());
  expect(await caches.keys()).toEqual(before);
});

test('a load that is stopped ends its worker at once, and the next attempt gets a new one', async () => {
  const controller = new AbortController();
  const workers: Worker[] = [];
  const terminated: Worker[] = [];
  const RealWorker = globalThis.Worker;
  vi.stubGlobal(
    'Worker',
    class extends RealWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
      override postMessage(message: unknown): void {
        super.postMessage(message);
        // The worker has its order by now and is still reading WebLLM's own script.
        queueMicrotask(() => controller.abort());
      }
      override terminate(): void {
        super.terminate();
        terminated.push(this);
      }
    },
  );
  const model = madeModel();
  backend = webLlmWith(model).backend;
  const load = backend.load({ modelId: model.id, params: {} }, () => undefined, controller.signal);
  await expect(load).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(workers).toHaveLength(1);
  expect(terminated).toEqual(workers);

  vi.unstubAllGlobals();
  const again = backend.load({ modelId: model.id, params: {} }, () => undefined, never());
  await expect(again).rejects.toThrow(expect.objectContaining({ code: 'load-failed' }));
});
