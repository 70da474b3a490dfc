import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPromptApi } from '../../../../src/backends/prompt-api';
import type { Backend, LoadProgress } from '../../../../src/core/backend';
import type { ChatEvent } from '../../../../src/core/chat-event';
import type { ChatMessage } from '../../../../src/core/chat-message';
import type { Params } from '../../../../src/core/params';
import { streamChat } from '../../../../src/core/stream-chat';
import { installScripted } from './scripted-language-model';
import { shortfalls } from '../../../support/shortfalls';

const modelId = 'built-in';
const user = (text: string): ChatMessage => ({ role: 'user', text });
const never = () => new AbortController().signal;

let backend: Backend;

beforeEach(() => {
  backend = createPromptApi();
  vi.stubGlobal('navigator', { userActivation: { isActive: true } });
});
afterEach(() => vi.unstubAllGlobals());

async function ask(
  messages: readonly ChatMessage[],
  params: Params = {},
  signal = never(),
  onEvent: (event: ChatEvent) => void = () => undefined,
) {
  const events: ChatEvent[] = [];
  for await (const event of streamChat(backend, { modelId, messages, params }, signal)) {
    events.push(event);
    onEvent(event);
  }
  const text = events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
  return { events, text, last: events.at(-1) };
}

async function load(onProgress: (progress: LoadProgress) => void = () => undefined) {
  return backend.load({ modelId, params: {} }, onProgress, never());
}

describe('without a model', () => {
  it('says that the browser has none', async () => {
    const answer = await backend.probe(never());
    expect(answer).toMatchObject({ state: 'unavailable', error: { code: 'unsupported-environment' } });
  });

  it('says that the device cannot run it where the browser says so', async () => {
    installScripted({ availability: 'unavailable' });
    const answer = await backend.probe(never());
    expect(answer).toHaveProperty('error.detail.hint', expect.stringMatching(/22 GB/));
    await expect(load()).rejects.toThrow(expect.objectContaining({ code: 'unsupported-environment' }));
    await expect(backend.listModels(never())).rejects.toThrow(/cannot run here/);
  });
});

describe('loading', () => {
  it('loads what is there without talk of a download, and once', async () => {
    const sessions = installScripted({ downloads: [0, 1] });
    const progress: LoadProgress[] = [];
    expect(await load((one) => progress.push(one))).toMatchObject({ modelId, contextLength: 9216 });
    await load();
    expect(progress).toEqual([]);
    expect(sessions).toHaveLength(1);
    expect(await backend.listModels(never())).toMatchObject([{ isLoaded: true, contextLength: 9216 }]);
  });

  it('reports a download as shares of one', async () => {
    installScripted({ availability: 'downloadable', downloads: [0, 0.5, 1] });
    const progress: LoadProgress[] = [];
    await load((one) => progress.push(one));
    expect(progress).toEqual([0, 0.5, 1].map((loaded) => ({ phase: 'download', loaded, total: 1 })));
  });

  it('does not try to download without a click', async () => {
    const sessions = installScripted({ availability: 'downloadable' });
    vi.stubGlobal('navigator', { userActivation: { isActive: false } });
    await expect(load()).rejects.toThrow(/not downloaded/);
    expect(sessions).toHaveLength(0);
  });

  it.each([
    ['NotSupportedError', 'unsupported-environment'],
    ['NotAllowedError', 'load-failed'],
    ['NetworkError', 'unreachable'],
    ['OperationError', 'server-failed'],
  ])('explains %s', async (name, code) => {
    installScripted({ refusal: new DOMException('said so', name) });
    await expect(load()).rejects.toThrow(
      expect.objectContaining({ code, detail: expect.objectContaining({ said: 'said so' }) as object }),
    );
  });

  it('passes a stop on as one', async () => {
    installScripted({});
    const stopped = AbortSignal.abort();
    const loading = backend.load({ modelId, params: {} }, () => undefined, stopped);
    await expect(loading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('an unload frees the session', async () => {
    const sessions = installScripted({});
    await load();
    await backend.unload?.(modelId, never());
    expect(sessions.map(({ isDestroyed }) => isDestroyed)).toEqual([true]);
    expect(await backend.listModels(never())).toMatchObject([{ isLoaded: false }]);
  });
});

describe('answering', () => {
  it('streams, counts, and says which answer was the first after the load', async () => {
    installScripted({});
    await load();
    const { events, text } = await ask([user('How are you')]);
    expect(events[0]).toEqual({ type: 'stream-start', modelId, effects: [], isCold: true });
    expect(text).toBe('Hello you');
    expect(events.at(-1)).toEqual({
      type: 'stream-end',
      reason: 'stop',
      usage: { promptTokens: 3, cachedTokens: 0, completionTokens: 2 },
    });
    expect((await ask([user('Again')])).events[0]).not.toHaveProperty('isCold');
  });

  it('gives the history as initial prompts, the system text first', async () => {
    const sessions = installScripted({});
    await ask([
      user('Hi'),
      { role: 'assistant', text: 'Ho' },
      { role: 'system', text: 'Be short.' },
      user('Why?'),
    ]);
    expect(sessions[0]?.options.initialPrompts).toEqual([
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
    ]);
    expect(sessions[0]?.asked[0]?.question).toBe('Why?');
  });

  it('goes on with the same session where the conversation does, and with a new one where it does not', async () => {
    const sessions = installScripted({});
    await load();
    const first = [user('Hi')];
    const { text } = await ask(first);
    const second = [...first, { role: 'assistant', text } as const, user('And?')];
    const { last } = await ask(second);
    expect(sessions).toHaveLength(2);
    expect(sessions[1]?.asked.map(({ question }) => question)).toEqual(['Hi', 'And?']);
    expect(last).toHaveProperty('usage.cachedTokens', 3);
    await ask([user('Something else')]);
    expect(sessions).toHaveLength(3);
    expect(sessions[1]?.isDestroyed).toBe(true);
  });

  it('says of every setting that it ignores, and of the temperature that it is only near', async () => {
    const sessions = installScripted({});
    const format = { type: 'object', properties: { a: { type: 'number' } } };
    const { events } = await ask([user('Hi')], { temperature: 0.1, topK: 5, seed: 1, stop: ['x'], format });
    expect(shortfalls(events[0])).toEqual([
      { param: 'temperature', outcome: 'sent', requested: 0.1, adjusted: 'most-predictable' },
      { param: 'topK', outcome: 'ignored', requested: 5 },
      { param: 'seed', outcome: 'ignored', requested: 1 },
      { param: 'stop', outcome: 'emulated', requested: ['x'] },
    ]);
    expect(sessions[0]?.options.samplingMode).toBe('most-predictable');
    expect(sessions[0]?.asked[0]?.options.responseConstraint).toEqual(format);
  });

  it.each([
    [0, 'most-predictable'],
    [0.5, 'predictable'],
    [0.8, 'balanced'],
    [1.2, 'creative'],
    [2, 'most-creative'],
  ])('takes a temperature of %d for %s', async (temperature, mode) => {
    const sessions = installScripted({});
    await ask([user('Hi')], { temperature });
    expect(sessions[0]?.options.samplingMode).toBe(mode);
  });

  it('a stop ends the answer and its session', async () => {
    const sessions = installScripted({ answer: ['a', 'b', 'c'] });
    const controller = new AbortController();
    const { last, text } = await ask([user('Hi')], {}, controller.signal, (event) => {
      if (event.type === 'text-delta') controller.abort();
    });
    expect({ last, text }).toEqual({ last: { type: 'stream-end', reason: 'aborted' }, text: 'a' });
    await vi.waitFor(() => expect(sessions[0]?.isDestroyed).toBe(true));
    expect((await ask([user('Hi')])).text).toBe('abc');
  });

  it('a conversation that the browser would cut is too long', async () => {
    const sessions = installScripted({ answer: ['a', 'overflow', 'b'] });
    const { last } = await ask([user('Hi')]);
    expect(last).toMatchObject({ type: 'stream-error', error: { code: 'context-overflow' } });
    expect(sessions[0]?.isDestroyed).toBe(true);
  });

  it('tells the numbers of a prompt that does not fit at all', async () => {
    const refusal = Object.assign(new DOMException('', 'QuotaExceededError'), { requested: 99, quota: 10 });
    installScripted({ answer: [refusal] });
    const { last } = await ask([user('Hi')]);
    expect(last).toMatchObject({
      error: { code: 'context-overflow', message: expect.stringMatching(/99 tokens.*10/) as string },
    });
  });

  it('keeps the text before a failure, and answers the next question', async () => {
    const answer = ['a', new DOMException('gone', 'InvalidStateError')];
    installScripted({ answer });
    const { text, last } = await ask([user('Hi')]);
    expect(text).toBe('a');
    expect(last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
    answer.pop();
    expect((await ask([user('Hi')])).last).toMatchObject({ reason: 'stop' });
  });

  it('dispose ends a running answer with an error', async () => {
    installScripted({ answer: ['a', 'b', 'c'] });
    const { last } = await ask([user('Hi')], {}, never(), (event) => {
      if (event.type === 'text-delta') void backend.dispose();
    });
    expect(last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
  });

  it('does not start a download behind a question', async () => {
    const sessions = installScripted({ availability: 'downloadable' });
    const { last } = await ask([user('Hi')]);
    expect(last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
    expect(sessions).toHaveLength(0);
  });

  it.each<[string, ChatMessage[]]>([
    ['an image', [{ role: 'user', text: 'See', images: [{ mediaType: 'image/png', base64: '' }] }]],
    ['an answer at the end', [user('Hi'), { role: 'assistant', text: 'Ho' }]],
  ])('refuses %s', async (_what, messages) => {
    installScripted({});
    expect((await ask(messages)).last).toMatchObject({ error: { code: 'bad-request' } });
  });

  it('knows one model only', async () => {
    installScripted({});
    const other = backend.load({ modelId: 'another', params: {} }, () => undefined, never());
    await expect(other).rejects.toThrow(expect.objectContaining({ code: 'model-not-found' }));
  });
});
