/** What every real server must do through its adapter. Used by `npm run test:live` and by the main test run. */
import { beforeAll, describe, expect, it } from 'vitest';
import { detectServerKind } from '../../../src/backends/detect-server-kind';
import { backendFactory } from '../../../src/backends/registry';
import { serverPresets } from '../../../src/backends/presets';
import type { Backend, ChatRequest } from '../../../src/core/backend';
import type { ServerConnection, ServerKind } from '../../../src/core/connection';
import { streamChat } from '../../../src/core/stream-chat';
import { noModels } from '../../support/no-models';
import { collectEvents, terminalOf, textOf } from '../support/collect-events';
import { shortfalls } from '../../support/shortfalls';

export interface LiveServer {
  readonly kind: ServerKind;
  /** Skipped, and counted as skipped, when absent. */
  readonly baseUrl: string | undefined;
  /** Default `direct`. */
  readonly via?: ServerConnection['via'];
  readonly apiKey?: string;
  /** The model to ask; the first one that the server lists when absent. */
  readonly model?: string;
}

/** A small model on a busy machine: what matters is that an answer comes, not when. */
const patience = { timeout: 180_000 };

export function describeLiveServer({ kind, baseUrl, via = 'direct', apiKey, model }: LiveServer): void {
  const { label } = serverPresets[kind];
  describe.skipIf(!baseUrl)(`real ${label}, ${via}`, patience, () => {
    const connection: ServerConnection = {
      id: kind,
      kind,
      label,
      baseUrl: baseUrl ?? '',
      via,
      apiKey,
    };
    const never = new AbortController().signal;
    let backend: Backend;
    let modelId: string;

    function ask(text: string, more: Partial<ChatRequest> = {}): ChatRequest {
      return {
        modelId,
        messages: [{ role: 'user', text }],
        ...more,
        params: { temperature: 0, seed: 1, maxTokens: 24, ...more.params },
      };
    }

    beforeAll(async () => {
      backend = await backendFactory(noModels)(connection);
      const models = await backend.listModels(never);
      modelId = model ?? models.find(({ capabilities }) => capabilities?.chat !== false)?.id ?? '';
    }, patience.timeout);

    it('says that it is ready', async () => {
      expect(await backend.probe(never)).toMatchObject({ state: 'ready' });
    });

    it.runIf(via === 'direct')('is told apart from other servers', async () => {
      const found = await detectServerKind(connection.baseUrl, fetch, never);
      if (kind === 'openai') expect(found).toBeDefined();
      else expect(found).toBe(kind);
    });

    it('lists the model and loads it', async () => {
      expect(modelId).not.toBe('');
      expect(await backend.load({ modelId, params: {} }, () => undefined, never)).toMatchObject({
        modelId,
        runsOn: 'server',
      });
    });

    it('refuses a model that it does not have', async () => {
      const loading = backend.load({ modelId: 'no-such-model', params: {} }, () => undefined, never);
      await expect(loading).rejects.toMatchObject({ code: 'model-not-found' });
    });

    it('streams an answer from start to one end', async () => {
      const events = await collectEvents(backend, ask('Write a story about a river.'));
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'length' });
      expect(textOf(events)).not.toBe('');
      expect(events.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(3);
    });

    it('counts the tokens, where it says so at all', async () => {
      const end = terminalOf(await collectEvents(backend, ask('Count to three.')));
      const usage = end.type === 'stream-end' ? end.usage : undefined;
      if (kind === 'instructlab') expect(usage).toBeUndefined();
      else expect(Math.min(usage?.promptTokens ?? 0, usage?.completionTokens ?? 0)).toBeGreaterThan(0);
    });

    it('ends with stop at a stop string', async () => {
      const params = { stop: [' '], maxTokens: 60 };
      const events = await collectEvents(backend, ask('What is the capital of France?', { params }));
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'stop' });
      expect(textOf(events)).not.toContain(' ');
    });

    it('goes on with an answer that was cut', async () => {
      const question = ask('Count from one to thirty in words.', { params: { maxTokens: 12 } });
      const before = textOf(await collectEvents(backend, question));
      const messages = [...question.messages, { role: 'assistant', text: before } as const];
      const events = await collectEvents(backend, { ...question, messages, continues: true });
      expect(textOf(events).trim()).not.toBe('');
      const [start] = events;
      const way = start?.type === 'stream-start' ? start.continued : undefined;
      expect(['natively', 'by asking']).toContain(way);
      if (way === 'by asking') return;
      // The same tokens as those of one answer: what is read in one go may differ in the last bits, hence only the start.
      const whole = textOf(await collectEvents(backend, ask('Count from one to thirty in words.')));
      expect(whole.startsWith(before + textOf(events).slice(0, 8))).toBe(true);
    });

    it('continues a plain prompt without a chat template', async () => {
      const events = await collectEvents(backend, ask('Once upon a', { promptFormat: 'plain' }));
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
      expect(textOf(events)).not.toBe('');
    });

    it('keeps to a JSON schema', async () => {
      const properties = { capital: { type: 'string', maxLength: 20 } };
      const format = { type: 'object', properties, required: ['capital'], additionalProperties: false };
      const question = ask('Give the capital of France as JSON.', { params: { format, maxTokens: 80 } });
      const events = await collectEvents(backend, question);
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
      expect(Object.keys(JSON.parse(textOf(events)) as object)).toEqual(['capital']);
    });

    it('warns about a setting that it does not know', async () => {
      const unknown = kind === 'ollama' ? undefined : ('keepAlive' as const);
      const events = await collectEvents(backend, ask('Hi.', { params: { keepAlive: '5m', maxTokens: 4 } }));
      const ignored = unknown ? [{ param: unknown, outcome: 'ignored', requested: '5m' }] : [];
      expect(shortfalls(events[0])).toEqual(ignored);
    });

    it('stops when asked to, and answers the next question', async () => {
      const controller = new AbortController();
      const question = ask('Write a very long story.', { params: { maxTokens: 1500 } });
      const types: string[] = [];
      for await (const event of streamChat(backend, question, controller.signal)) {
        types.push(event.type === 'stream-end' ? event.reason : event.type);
        if (types.length === 5) controller.abort();
      }
      expect(types.at(-1)).toBe('aborted');
      const next = await collectEvents(backend, ask('Hi.', { params: { maxTokens: 4 } }));
      expect(terminalOf(next)).toMatchObject({ type: 'stream-end' });
    });

    it('answers two questions asked at once', async () => {
      const both = ['Name a colour.', 'Name a river.'].map((text) => collectEvents(backend, ask(text)));
      for (const events of await Promise.all(both)) {
        expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
      }
    });

    it('does not disturb a running answer with a probe or a listing', async () => {
      const answer = collectEvents(
        backend,
        ask('Write a story about the sea.', { params: { maxTokens: 40 } }),
      );
      const [state, models] = await Promise.all([backend.probe(never), backend.listModels(never)]);
      expect(state.state).toBe('ready');
      expect(models.map(({ id }) => id)).toContain(modelId);
      expect(terminalOf(await answer)).toMatchObject({ type: 'stream-end' });
    });

    it.skipIf(kind === 'ollama' || kind === 'openai')('says when the prompt is too long', async () => {
      const events = await collectEvents(backend, ask('word '.repeat(40_000)));
      expect(events.at(-1)).toMatchObject({ type: 'stream-error', error: { code: 'context-overflow' } });
    });

    it.runIf(kind === 'ollama')('loads a model into memory, and frees it', async () => {
      const progress: unknown[] = [];
      const request = { modelId, params: { contextLength: 1024 }, eager: true };
      const loaded = await backend.load(request, (step) => progress.push(step), never);
      expect(loaded.contextLength).toBe(1024);
      expect(progress).toEqual([{ phase: 'initialize' }]);
      const isLoaded = async () =>
        (await backend.listModels(never)).find(({ id }) => id === modelId)?.isLoaded;
      expect(await isLoaded()).toBe(true);
      await backend.unload?.(modelId, never);
      expect(await isLoaded()).toBe(false);
    });
  });
}
