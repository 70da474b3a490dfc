/** WebLLM in a browser whose WebGPU has no adapter. */
import { expect, test, vi } from 'vitest';
import { madeModel, webLlmWith } from './webllm-model';

const never = () => new AbortController().signal;

test('this browser has WebGPU and no adapter', async () => {
  expect(await navigator.gpu.requestAdapter()).toBeNull();
});

test('says so, and what to do, before anything is opened', async () => {
  const model = madeModel();
  const { backend } = webLlmWith(model);
  const answer = await backend.probe(never());
  expect(answer).toMatchObject({ state: 'unavailable', error: { code: 'unsupported-environment' } });
  expect(answer).toHaveProperty('error.message', expect.stringMatching(/no graphics card/));
  expect(answer).toHaveProperty('error.detail.hint', expect.stringMatching(/hardware acceleration/));

  const onProgress = vi.fn();
  const load = backend.load({ modelId: model.id, params: {} }, onProgress, never());
  await expect(load).rejects.toThrow(expect.objectContaining({ code: 'unsupported-environment' }));
  expect(onProgress).not.toHaveBeenCalled();
});

test('an answer ends with the same reason', async () => {
  const model = madeModel();
  const { backend } = webLlmWith(model);
  const messages = [{ role: 'user', text: 'Hi' } as const];
  const answer = backend.chat({ modelId: model.id, messages, params: {} }, never())[Symbol.asyncIterator]();
  await expect(answer.next()).rejects.toThrow(expect.objectContaining({ code: 'unsupported-environment' }));
});
