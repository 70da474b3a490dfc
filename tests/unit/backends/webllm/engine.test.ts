import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../../../src/backends/shared/engine';
import { WebLlmEngine } from '../../../../src/backends/webllm/engine';
import type { LoadProgress } from '../../../../src/core/backend';
import type { BackendError } from '../../../../src/core/backend-error';
import type { ChatMessage } from '../../../../src/core/chat-message';
import type { LocalModel } from '../../../../src/core/local-model';
import type { Params } from '../../../../src/core/params';
import { files, type Script, ScriptedWebLlm } from './scripted-web-llm';

const model: LocalModel = {
  id: 'Tiny-q4f32_1-MLC',
  engine: 'webllm',
  label: 'Tiny',
  files: [{ path: 'params_shard_0.bin', sources: [], bytes: 1000 }],
};
const user = (text: string): ChatMessage => ({ role: 'user', text });
const never = () => new AbortController().signal;

afterEach(() => vi.unstubAllGlobals());

async function loaded(script: Script = {}, facts: Partial<LocalModel> = {}) {
  const scripted = new ScriptedWebLlm(script);
  const crashes: BackendError[] = [];
  const progress: LoadProgress[] = [];
  const engine = new WebLlmEngine(scripted.make, (error) => crashes.push(error));
  const options = { model: { ...model, ...facts }, device: 'gpu', contextLength: 1024 } as const;
  const result = await engine.load(options, files, (one) => progress.push(one));
  return { engine, scripted, crashes, progress, result };
}

async function ask(
  engine: WebLlmEngine,
  messages: readonly ChatMessage[] = [user('ping')],
  params: Params = {},
  signal = never(),
  onEvent: (event: EngineEvent) => void = () => undefined,
) {
  const events: EngineEvent[] = [];
  for await (const event of engine.chat({ modelId: model.id, messages, params }, signal)) {
    events.push(event);
    onEvent(event);
  }
  const join = (type: EngineEvent['type']) =>
    events.map((event) => ('text' in event && event.type === type ? event.text : '')).join('');
  return { events, text: join('text-delta'), reasoning: join('reasoning-delta'), last: events.at(-1) };
}

/** A graphics card whose loss the test decides on. */
function stubGraphicsCard() {
  let lose = (_info: { reason: string; message: string }): void => undefined;
  class FakeAdapter {
    info = { isFallbackAdapter: false };
    requestDevice() {
      return Promise.resolve({ lost: new Promise((resolve) => (lose = resolve)) });
    }
  }
  vi.stubGlobal('GPUAdapter', FakeAdapter);
  return { adapter: new FakeAdapter(), lose: () => lose({ reason: 'unknown', message: 'GPU reset' }) };
}

describe('load', () => {
  it('reports the weights in bytes and the context window that was taken', async () => {
    const { progress, result, scripted } = await loaded();
    expect(progress).toEqual([{ phase: 'initialize', loaded: 500, total: 1000 }]);
    expect(result).toEqual({
      modelId: model.id,
      runsOn: 'this-gpu',
      thinkingControl: 'none',
      contextLength: 1024,
    });
    expect(scripted.config.appConfig?.model_list).toHaveLength(1);
  });

  it('does not take a reload for done that resolved before its end', async () => {
    await expect(loaded({ isReloadCut: true })).rejects.toThrow(
      expect.objectContaining({ code: 'load-failed' }),
    );
  });

  it.each([
    [Object.assign(new Error('no'), { name: 'ShaderF16SupportError' }), 'unsupported-environment'],
    [new Error('DeviceLostError: The WebGPU device was lost while loading.'), 'out-of-memory'],
  ])('explains %s', async (reloadFailure, code) => {
    await expect(loaded({ reloadFailure })).rejects.toThrow(expect.objectContaining({ code }));
  });
});

describe('chat', () => {
  it('streams the answer with counts and times', async () => {
    const { engine } = await loaded({ answer: ['po', 'ng'] });
    const { events } = await ask(engine);
    expect(events).toEqual([
      { type: 'stream-start', modelId: model.id, effects: [] },
      { type: 'text-delta', text: 'po' },
      { type: 'text-delta', text: 'ng' },
      {
        type: 'stream-end',
        reason: 'stop',
        usage: { promptTokens: 10, cachedTokens: 0, completionTokens: 3 },
        timings: { prefillMs: 500, decodeMs: 200 },
      },
    ]);
  });

  it('counts the tokens that were still in the cache where the conversation goes on', async () => {
    const { engine } = await loaded();
    await ask(engine, [user('ping')]);
    const second = [user('ping'), { role: 'assistant', text: 'pong' } as const, user('again')];
    expect((await ask(engine, second)).last).toHaveProperty('usage', {
      promptTokens: 22,
      cachedTokens: 12,
      completionTokens: 3,
    });
    // Another question is another conversation.
    expect((await ask(engine, second)).last).toHaveProperty('usage.cachedTokens', 0);
  });

  it('does not count on the cache after an answer that was cut short', async () => {
    const { engine } = await loaded({ reason: 'length' });
    expect((await ask(engine)).last).toMatchObject({ reason: 'length' });
    const { last } = await ask(engine, [user('ping'), { role: 'assistant', text: 'pong' }, user('again')]);
    expect(last).toHaveProperty('usage.cachedTokens', 0);
  });

  it('splits a thought off', async () => {
    const { engine } = await loaded({ answer: ['<think>', 'Hm.', '</think>', 'pong'] });
    expect(await ask(engine)).toMatchObject({ reasoning: 'Hm.', text: 'pong' });
  });

  it('never shows the beginning of a stop string', async () => {
    // WebLLM takes the string out when it is complete, and says nothing for its last token.
    const { engine } = await loaded({ answer: ['a E', 'N'], whole: 'a ' });
    expect((await ask(engine, [user('x')], { stop: ['END'] })).text).toBe('a ');
  });

  it('shows what only looked like a stop string', async () => {
    const { engine } = await loaded({ answer: ['a E', 'N', 'G'] });
    expect((await ask(engine, [user('x')], { stop: ['END'] })).text).toBe('a ENG');
    const { engine: other } = await loaded({ answer: ['a E'] });
    expect((await ask(other, [user('x')], { stop: ['END'] })).text).toBe('a E');
  });

  it('a stop interrupts and drains, so that the next question finds the engine ready', async () => {
    const { engine, scripted } = await loaded({ answer: ['a', 'b', 'c', 'd'] });
    const controller = new AbortController();
    const { text, last } = await ask(engine, [user('x')], {}, controller.signal, (event) => {
      if (event.type === 'text-delta') controller.abort();
    });
    expect({ text, last }).toMatchObject({ text: 'a', last: { type: 'stream-end', reason: 'aborted' } });
    expect(scripted.isDrained).toBe(true);
    expect((await ask(engine)).text).toBe('abcd');
  });

  it('a stop while the prompt is read takes effect after it', async () => {
    const controller = new AbortController();
    const prefill = () => controller.abort();
    const { engine, scripted } = await loaded({ answer: [prefill, 'a', 'b'] });
    const { text, last } = await ask(engine, [user('x')], {}, controller.signal);
    expect({ text, last }).toMatchObject({ text: '', last: { reason: 'aborted' } });
    expect(scripted.interruptions).toBeGreaterThan(0);
  });

  it('a stop before the start starts nothing', async () => {
    const { engine, scripted } = await loaded();
    const { last } = await ask(engine, [user('x')], {}, AbortSignal.abort());
    expect(last).toEqual({ type: 'stream-end', reason: 'aborted' });
    expect(scripted.requests).toEqual([]);
  });

  it('explains a prompt that is too long, and answers the next one', async () => {
    const overflow = Object.assign(new Error('Prompt tokens exceed context window size'), {
      name: 'ContextWindowSizeExceededError',
    });
    const script: Script = {
      answer: [
        () => {
          throw overflow;
        },
      ],
    };
    const { engine } = await loaded(script);
    await expect(ask(engine)).rejects.toThrow(expect.objectContaining({ code: 'context-overflow' }));
    script.answer = ['pong'];
    expect((await ask(engine)).text).toBe('pong');
  });
});

describe('loss of the graphics card', () => {
  it('ends the answer that is running, and nothing else is said', async () => {
    const card = stubGraphicsCard();
    const { engine, crashes } = await loaded({
      answer: ['a', () => card.lose(), () => new Promise(() => undefined)],
    });
    await card.adapter.requestDevice();
    const texts: EngineEvent[] = [];
    const answer = ask(engine, [user('x')], {}, never(), (event) => texts.push(event));
    await expect(answer).rejects.toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        detail: expect.objectContaining({ said: 'GPU reset' }) as object,
      }),
    );
    expect(texts).toContainEqual({ type: 'text-delta', text: 'a' });
    expect(crashes).toEqual([]);
  });

  it('is reported as a crash while nobody asks, and not after an unload', async () => {
    const card = stubGraphicsCard();
    const { engine, crashes } = await loaded();
    await card.adapter.requestDevice();
    card.lose();
    await vi.waitFor(() => expect(crashes).toMatchObject([{ code: 'out-of-memory' }]));

    const other = stubGraphicsCard();
    const second = await loaded();
    await other.adapter.requestDevice();
    await second.engine.dispose();
    other.lose();
    await Promise.resolve();
    expect(second.crashes).toEqual([]);
    await expect(ask(engine)).rejects.toThrow(expect.objectContaining({ code: 'out-of-memory' }));
  });
});

describe('embed', () => {
  const embedding = { pooling: 'cls', isNormalized: true } as const;

  it('marks the texts as BERT wants them, one by one, and brings vectors to length one', async () => {
    const { engine, scripted } = await loaded({}, { embedding });
    const vectors = await engine.embed(['a', 'b'], never());
    expect(vectors).toHaveLength(2);
    expect([...(vectors[0] ?? [])].map((value) => value.toFixed(2))).toEqual(['0.60', '0.80']);
    expect(scripted.requests).toEqual([['[CLS] a [SEP]'], ['[CLS] b [SEP]']]);
  });

  it('refuses a pooling that WebLLM cannot do', async () => {
    const { engine } = await loaded({}, { embedding: { pooling: 'mean', isNormalized: true } });
    await expect(engine.embed(['a'], never())).rejects.toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });

  it('obeys a stop', async () => {
    const { engine } = await loaded({}, { embedding });
    await expect(engine.embed(['a'], AbortSignal.abort())).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });
});
