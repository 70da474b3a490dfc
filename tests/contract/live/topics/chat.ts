/** Answers of a real server: whole, in order, two at once, and beyond its window. */
import { expect, it } from 'vitest';
import { collectEvents, terminalOf, textOf } from '../../support/collect-events';
import { shortfalls } from '../../../support/shortfalls';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

export const chat: LiveTopic = (live) => {
  const { kind, ask } = live;

  it('streams an answer from start to one end', async () => {
    const events = await collectEvents(live.backend(), ask('Write a story about a river.'));
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'length' });
    expect(textOf(events)).not.toBe('');
    expect(events.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(3);
  });

  it('counts the tokens, where it says so at all', async () => {
    const end = terminalOf(await collectEvents(live.backend(), ask('Count to three.')));
    const usage = end.type === 'stream-end' ? end.usage : undefined;
    if (kind === 'instructlab') expect(usage).toBeUndefined();
    else expect(Math.min(usage?.promptTokens ?? 0, usage?.completionTokens ?? 0)).toBeGreaterThan(0);
  });

  it('continues a plain prompt without a chat template', async () => {
    const events = await collectEvents(live.backend(), ask('Once upon a', { promptFormat: 'plain' }));
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
    expect(textOf(events)).not.toBe('');
  });

  it('warns about a setting that it does not know', async () => {
    const params = { keepAlive: '5m', maxTokens: 4 };
    const events = await collectEvents(live.backend(), ask('Hi.', { params }));
    const ignored = live.supports('keepAlive')
      ? []
      : [{ param: 'keepAlive', outcome: 'ignored', requested: '5m' }];
    expect(shortfalls(events[0])).toEqual(ignored);
  });

  it('answers two questions asked at once', async () => {
    const both = ['Name a colour.', 'Name a river.'].map((text) => collectEvents(live.backend(), ask(text)));
    for (const events of await Promise.all(both)) {
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
    }
  });

  it('does not disturb a running answer with a probe or a listing', async () => {
    const question = ask('Write a story about the sea.', { params: { maxTokens: 24 } });
    const answer = collectEvents(live.backend(), question);
    const [state, models] = await Promise.all([
      live.backend().probe(never),
      live.backend().listModels(never),
    ]);
    expect(state.state).toBe('ready');
    expect(models.map(({ id }) => id)).toContain(live.modelId());
    expect(terminalOf(await answer)).toMatchObject({ type: 'stream-end' });
  });

  it.skipIf(kind === 'ollama' || kind === 'openai')('says when the prompt is too long', async () => {
    const events = await collectEvents(live.backend(), ask('word '.repeat(40_000)));
    expect(events.at(-1)).toMatchObject({ type: 'stream-error', error: { code: 'context-overflow' } });
  });
};
