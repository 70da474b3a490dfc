/** What every backend does, a server's adapter and an engine in the page alike. Registers the tests of one backend. */
import { expect, it } from 'vitest';
import type { Backend, ChatRequest, RunsOn } from '../../../src/core/backend';
import type { Usage } from '../../../src/core/chat-event';
import type { Params } from '../../../src/core/params';
import { streamChat } from '../../../src/core/stream-chat';
import { collectEvents, terminalOf, textOf } from './collect-events';
import { shortfalls } from '../../support/shortfalls';

/** `long`: the answer begins and does not end by itself, or not soon. `unknown-model`: `no-such-model` is asked for. */
export type Scenario = 'answer' | 'long' | 'unknown-model';

export interface ContractSubject {
  /** All models that it lists. */
  readonly models: readonly string[];
  readonly modelId: string;
  readonly runsOn: RunsOn;
  readonly question: string;
  /** How the answer to the question begins. */
  readonly answer: string;
  readonly longQuestion: string;
  readonly unsupported: Params;
  readonly open: (scenario: Scenario) => Promise<Backend>;
}

const never = new AbortController().signal;

export function describeBackendContract(subject: ContractSubject): void {
  const { modelId, open } = subject;

  function ask(text: string, params: Params = {}): ChatRequest {
    return { modelId, messages: [{ role: 'user', text }], params };
  }

  it('is ready', async () => {
    expect(await (await open('answer')).probe(never)).toMatchObject({ state: 'ready' });
  });

  it('lists its models', async () => {
    const models = await (await open('answer')).listModels(never);
    expect(models.map(({ id }) => id)).toEqual(subject.models);
  });

  it('loads a model that is there', async () => {
    const backend = await open('answer');
    const loaded = await backend.load({ modelId, params: {} }, () => undefined, never);
    expect(loaded).toMatchObject({ modelId, runsOn: subject.runsOn });
  });

  it('refuses to load a model that is not there', async () => {
    const backend = await open('unknown-model');
    const loading = backend.load({ modelId: 'no-such-model', params: {} }, () => undefined, never);
    await expect(loading).rejects.toMatchObject({ name: 'BackendError', code: 'model-not-found' });
  });

  it('streams an answer: a start, its text, one end', async () => {
    const events = await collectEvents(await open('answer'), ask(subject.question));
    const end = terminalOf(events);
    expect(end).toMatchObject({ type: 'stream-end' });
    expect(events[0]).toMatchObject({ type: 'stream-start', modelId });
    expect(shortfalls(events[0])).toEqual([]);
    expect(textOf(events).startsWith(subject.answer)).toBe(true);
    if (end.type === 'stream-end') expectCounts(end.usage);
  });

  it('warns about settings that it does not know', async () => {
    const events = await collectEvents(await open('answer'), ask(subject.question, subject.unsupported));
    const ignored = Object.entries(subject.unsupported).map(([param, requested]) => ({
      param,
      outcome: 'ignored',
      requested,
    }));
    expect(shortfalls(events[0])).toEqual(ignored);
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
  });

  it('ends once, as aborted, when a person stops the answer', async () => {
    const controller = new AbortController();
    const types: string[] = [];
    const events = streamChat(await open('long'), ask(subject.longQuestion), controller.signal);
    for await (const event of events) {
      if (event.type === 'text-delta') controller.abort();
      types.push(event.type === 'stream-end' ? event.reason : event.type);
    }
    expect(types[0]).toBe('stream-start');
    expect(types.at(-1)).toBe('aborted');
    expect(types.slice(1, -1).every((type) => type === 'text-delta')).toBe(true);
  });

  it('is not asked at all when it was stopped before', async () => {
    const events = await collectEvents(await open('long'), ask(subject.longQuestion), AbortSignal.abort());
    expect(events).toEqual([{ type: 'stream-end', reason: 'aborted' }]);
  });
}

/** Counts are whole numbers; what is not known is absent, never 0 or NaN by accident. */
function expectCounts(usage: Usage | undefined): void {
  const counts = Object.values(usage ?? {}).filter((count) => count !== undefined);
  expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
  const { promptTokens = 0, cachedTokens = 0, completionTokens = 0, reasoningTokens = 0 } = usage ?? {};
  expect(cachedTokens).toBeLessThanOrEqual(promptTokens);
  expect(reasoningTokens).toBeLessThanOrEqual(completionTokens);
}
