/** Ollama's engine dies in the middle of an answer: said by its own API, hidden by `/v1`, an error for us in both. */
import { expect, it } from 'vitest';
import { streamChat } from '../../../../src/core/stream-chat';
import type { Backend } from '../../../../src/core/backend';
import type { ChatEvent } from '../../../../src/core/chat-event';
import { terminalOf, textOf } from '../../support/collect-events';
import { endRunner, ollamaPid } from '../end-runner';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

export const brokenRunner: LiveTopic = (live) => {
  if (live.kind !== 'ollama' || !live.isOurs || ollamaPid === undefined) return;

  it('tells that an answer was cut', async () => {
    const events = await untilCut(live.backend());
    expect(terminalOf(events)).toMatchObject({ type: 'stream-error', error: { code: 'server-failed' } });
    expect(textOf(events)).not.toBe('');
  });

  it('never takes a cut answer for a whole one, even where the server hides it', async () => {
    const connection = {
      ...live.connection,
      kind: 'openai',
      baseUrl: `${live.connection.baseUrl}/v1`,
    } as const;
    const events = await untilCut(await live.open(connection));
    expect(terminalOf(events)).toMatchObject({ type: 'stream-error', error: { code: 'malformed-stream' } });
    expect(textOf(events)).not.toBe('');
  });

  it('answers the next question', async () => {
    expect(await live.answer('Hi.', { maxTokens: 4 })).not.toBe('');
  });

  async function untilCut(backend: Pick<Backend, 'chat'>): Promise<ChatEvent[]> {
    const question = live.ask('Write a very long story.', { params: { maxTokens: 1500 } });
    const events: ChatEvent[] = [];
    for await (const event of streamChat(backend, question, never)) {
      events.push(event);
      if (events.length === 5) endRunner();
    }
    return events;
  }
};
