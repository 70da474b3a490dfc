/** What Ollama alone does: windows and models come and go, and thoughts have a field of their own. */
import { expect, it } from 'vitest';
import { collectEvents, reasoningOf, terminalOf, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

export const ollamaOnly: LiveTopic = (live) => {
  if (live.kind !== 'ollama') return;

  it('loads a model into memory, and frees it', async () => {
    const progress: unknown[] = [];
    const modelId = live.modelId();
    const request = { modelId, params: { contextLength: 1024 }, eager: true };
    const loaded = await live.backend().load(request, (step) => progress.push(step), never);
    expect(loaded.contextLength).toBe(1024);
    expect(progress).toEqual([{ phase: 'initialize' }]);
    const isLoaded = async () =>
      (await live.backend().listModels(never)).find(({ id }) => id === modelId)?.isLoaded;
    expect(await isLoaded()).toBe(true);
    await live.backend().unload?.(modelId, never);
    expect(await isLoaded()).toBe(false);
  });

  if (live.via !== 'direct') return;

  it('runs with the window that was asked for, and never with more than the model was trained for', async () => {
    await live.answer('Hi.', { contextLength: 512, maxTokens: 2 });
    expect(await running(live.modelId())).toMatchObject({ context_length: 512 });
    const request = { modelId: live.modelId(), params: { contextLength: 1_000_000 }, eager: true };
    const { contextLength, notice } = await live.backend().load(request, () => undefined, never);
    expect(contextLength).toBeLessThan(1_000_000);
    expect(notice).toContain('more than it was trained for');
  });

  it('keeps the model for as long as it was told to', async () => {
    for (const [keepAlive, seconds] of [
      [600, 600],
      ['2h', 7200],
    ] as const) {
      await live.answer('Hi.', { keepAlive, maxTokens: 2, contextLength: 1024 });
      const secondsLeft = async (): Promise<number> =>
        (Date.parse((await running(live.modelId()))?.expires_at ?? '') - Date.now()) / 1000;
      // The server notes it a moment after the last byte of the answer.
      await expect
        .poll(async () => Math.abs((await secondsLeft()) - seconds), { timeout: 5000 })
        .toBeLessThan(300);
    }
  });

  if (live.isOurs) {
    const modelId = 'smollm2-think';
    const params = { temperature: 0, maxTokens: 8 };

    it('thinks in deltas of their own when it is to think', async () => {
      const question = live.ask('What is 4+4?', { modelId, params: { ...params, thinking: true } });
      const events = await collectEvents(live.backend(), question);
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
      expect(reasoningOf(events)).not.toBe('');
    });

    it('does not think when it is not to', async () => {
      const question = live.ask('What is 4+4?', { modelId, params: { ...params, thinking: false } });
      const events = await collectEvents(live.backend(), question);
      expect(reasoningOf(events)).toBe('');
      expect(textOf(events)).not.toBe('');
    });
  }

  async function running(modelId: string): Promise<RunningModel | undefined> {
    const response = await fetch(`${live.connection.baseUrl}/api/ps`);
    const { models } = (await response.json()) as { readonly models: readonly RunningModel[] };
    return models.find(({ name }) => name === modelId);
  }
};

interface RunningModel {
  readonly name: string;
  readonly context_length: number;
  readonly expires_at: string;
}
