/** A cut answer goes on where it stopped, or is asked to in words; which of them is said. */
import { expect, it } from 'vitest';
import { collectEvents, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';

export const continuing: LiveTopic = (live) => {
  it('goes on with an answer that was cut', async () => {
    const text = 'Count from one to thirty in words.';
    const question = live.ask(text, { params: { maxTokens: 12 } });
    const before = textOf(await collectEvents(live.backend(), question));
    const messages = [...question.messages, { role: 'assistant', text: before } as const];
    const events = await collectEvents(live.backend(), { ...question, messages, continues: true });
    expect(events.at(-1)).toMatchObject({ type: 'stream-end' });
    const [start] = events;
    const way = start?.type === 'stream-start' ? start.continued : undefined;
    expect(['natively', 'by asking']).toContain(way);
    // A weak model may hold its answer for complete and say nothing more.
    if (way === 'by asking') return;
    expect(textOf(events).trim()).not.toBe('');
    // The same tokens as those of one answer: what is read in one go may differ in the last bits, hence only the start.
    const whole = await live.answer(text, { maxTokens: 24 });
    expect(whole.startsWith(before + textOf(events).slice(0, 8))).toBe(true);
  });
};
