/**
 * WebLLM with a real model. The addresses come from WEBLLM_TEST_MODEL (the folder of a build for 32-bit floats, with
 * `mlc-chat-config.json`) and WEBLLM_TEST_LIB (its compiled library), both readable from another origin.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend, LoadProgress } from '../../../src/core/backend';
import type { ChatEvent } from '../../../src/core/chat-event';
import type { ChatMessage } from '../../../src/core/chat-message';
import type { LocalModel } from '../../../src/core/local-model';
import type { Params } from '../../../src/core/params';
import { streamChat } from '../../../src/core/stream-chat';
import { givenWebLlmModel } from '../../support/given-webllm-model';
import { webLlmWith } from './webllm-model';

const { WEBLLM_TEST_MODEL: modelUrl = '', WEBLLM_TEST_LIB: libraryUrl = '' } = import.meta.env as Record<
  string,
  string | undefined
>;
/** A model of a hundred million parameters takes minutes in a software adapter. */
const patience = 20 * 60_000;
const never = () => new AbortController().signal;
const user = (text: string): ChatMessage => ({ role: 'user', text });

describe.skipIf(!modelUrl || !libraryUrl)('with the model of WEBLLM_TEST_MODEL and WEBLLM_TEST_LIB', () => {
  let backend: Backend;
  let model: LocalModel;
  const progress: LoadProgress[] = [];

  beforeAll(async () => {
    model = await givenWebLlmModel(modelUrl, libraryUrl);
    ({ backend } = webLlmWith(model));
    const request = { modelId: model.id, params: { contextLength: 1024 } };
    await backend.load(request, (one) => progress.push(one), never());
  }, patience);
  afterAll(() => backend?.dispose());

  async function ask(
    messages: readonly ChatMessage[],
    params: Params = {},
    signal = never(),
    onEvent: (event: ChatEvent) => void = () => undefined,
  ) {
    const settings = { temperature: 0, maxTokens: 12, ...params };
    const events: ChatEvent[] = [];
    for await (const event of streamChat(
      backend,
      { modelId: model.id, messages, params: settings },
      signal,
    )) {
      events.push(event);
      onEvent(event);
    }
    const text = events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
    return { events, text, last: events.at(-1) };
  }

  test('is loaded, with progress in bytes', async () => {
    expect(progress.at(-1)).toMatchObject({ phase: 'initialize' });
    expect(progress.at(-1)?.loaded).toBe(progress.at(-1)?.total);
    expect(await backend.listModels(never())).toMatchObject([{ isLoaded: true }]);
  });

  test('answers, counts, and answers the same again', { timeout: patience }, async () => {
    const first = await ask([user('What is the capital of France?')]);
    expect(first.text).not.toBe('');
    expect(first.last).toMatchObject({ type: 'stream-end', usage: { cachedTokens: 0 } });
    expect((await ask([user('What is the capital of France?')])).text).toBe(first.text);
  });

  test('the same seed gives the same answer', { timeout: patience }, async () => {
    const sampled = { temperature: 1.5, seed: 7 };
    const { text } = await ask([user('Name a fruit.')], sampled);
    expect((await ask([user('Name a fruit.')], sampled)).text).toBe(text);
  });

  test('keeps to a JSON Schema', { timeout: patience }, async () => {
    const format = { enum: ['fig', 'kiwi'] };
    const { text } = await ask([user('Name a fruit.')], { format });
    expect(['fig', 'kiwi']).toContain(JSON.parse(text));
  });

  test('reads only what is new where a conversation goes on', { timeout: patience }, async () => {
    const question = user('Say yes or no.');
    const { text, last } = await ask([question], { maxTokens: 300 });
    if (last?.type !== 'stream-end' || last.reason !== 'stop' || !last.usage) {
      throw new Error(`The model did not come to an end: ${JSON.stringify(last)}`);
    }
    const { promptTokens = 0, completionTokens = 0 } = last.usage;
    const second = await ask([question, { role: 'assistant', text }, user('Again.')]);
    expect(second.last).toHaveProperty('usage.cachedTokens', promptTokens + completionTokens - 1);
  });

  test('a stop ends the answer, and the next one comes', { timeout: patience }, async () => {
    const controller = new AbortController();
    const stop = (event: ChatEvent) => event.type === 'text-delta' && controller.abort();
    const { last } = await ask([user('Count to one hundred.')], { maxTokens: 500 }, controller.signal, stop);
    expect(last).toMatchObject({ type: 'stream-end', reason: 'aborted' });
    expect((await ask([user('Hello')])).last).toMatchObject({ type: 'stream-end' });
  });

  test(
    'a prompt that is too long is refused, and the next one is answered',
    { timeout: patience },
    async () => {
      const { last } = await ask([user('word '.repeat(2000))]);
      expect(last).toMatchObject({ type: 'stream-error', error: { code: 'context-overflow' } });
      expect((await ask([user('Hello')])).last).toMatchObject({ type: 'stream-end' });
    },
  );
});
