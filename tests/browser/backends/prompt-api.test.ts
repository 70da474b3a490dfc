/** The real Prompt API of this Chromium, which has the interface and no model. */
import { expect, test } from 'vitest';
import { createPromptApi } from '../../../src/backends/prompt-api/index';

const never = () => new AbortController().signal;

test('this browser has the interface, and the worker has not', async () => {
  expect('LanguageModel' in globalThis).toBe(true);
  const script = URL.createObjectURL(new Blob([`postMessage('LanguageModel' in self)`]));
  const worker = new Worker(script);
  const answer = await new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
  worker.terminate();
  expect(answer).toBe(false);
});

test('says that the model cannot run here', async () => {
  const backend = createPromptApi();
  const answer = await backend.probe(never());
  expect(answer).toMatchObject({ state: 'unavailable', error: { code: 'unsupported-environment' } });
  await expect(backend.listModels(never())).rejects.toThrow(/cannot run here/);
});

test('a load and an answer fail with the same reason, and leave nothing behind', async () => {
  const backend = createPromptApi();
  const load = backend.load({ modelId: 'built-in', params: {} }, () => undefined, never());
  await expect(load).rejects.toThrow(expect.objectContaining({ code: 'unsupported-environment' }));
  const request = { modelId: 'built-in', messages: [{ role: 'user', text: 'Hi' } as const], params: {} };
  const answer = backend.chat(request, never())[Symbol.asyncIterator]();
  await expect(answer.next()).rejects.toThrow(expect.objectContaining({ code: 'unsupported-environment' }));
  await backend.dispose();
});

test('what the browser throws for a session it cannot make is explained', async () => {
  // A browser that answers "available" and cannot do it after all.
  const factory = LanguageModel;
  const { availability } = factory;
  factory.availability = () => Promise.resolve('available');
  const load = createPromptApi().load({ modelId: 'built-in', params: {} }, () => undefined, never());
  await expect(load).rejects.toThrow(
    expect.objectContaining({
      code: 'unsupported-environment',
      message: expect.stringMatching(/cannot do this/) as string,
    }),
  );
  factory.availability = availability;
});
