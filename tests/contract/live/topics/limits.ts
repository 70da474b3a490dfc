/** Where an answer ends: at a stop string, or after so many tokens. */
import { expect, it } from 'vitest';
import { collectEvents, terminalOf, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';

export const limits: LiveTopic = (live) => {
  it('ends with stop at a stop string', async () => {
    const params = { stop: [' '], maxTokens: 60 };
    const events = await collectEvents(
      live.backend(),
      live.ask('What is the capital of France?', { params }),
    );
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'stop' });
    expect(textOf(events)).not.toContain(' ');
  });

  it('ends with length after so many tokens', async () => {
    const params = { maxTokens: 5 };
    const end = terminalOf(await collectEvents(live.backend(), live.ask('Write a story.', { params })));
    expect(end).toMatchObject({ type: 'stream-end', reason: 'length' });
    const counted = end.type === 'stream-end' ? end.usage?.completionTokens : undefined;
    expect(counted).toBe(live.kind === 'instructlab' ? undefined : 5);
  });
};
