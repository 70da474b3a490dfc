/** Tools of a server that reads calls off the text of a model: by itself, by force, and with a result. */
import { expect, it } from 'vitest';
import type { ChatMessage } from '../../../../src/core/chat-message';
import type { JsonObject } from '../../../../src/core/json';
import { collectEvents, terminalOf, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';

const city = { type: 'string', maxLength: 12 };
const parameters = { type: 'object', properties: { city }, required: ['city'], additionalProperties: false };
const weather = { name: 'weather', description: 'Weather of a city', parameters };
const question = (name: string): ChatMessage => ({ role: 'user', text: `How is the weather in ${name}?` });

/** In the words of the template: so weak a model calls only what it has seen called. */
const history = ['Rome', 'Oslo', 'Berlin'].flatMap((name): ChatMessage[] => {
  const call = JSON.stringify({ name: 'weather', arguments: { city: name } });
  const text = `<think>\n\n</think>\n\n<tool_call>\n${call}\n</tool_call>`;
  return [question(name), { role: 'assistant', text }];
});

export const tools: LiveTopic = (live) => {
  const ask = (messages: readonly ChatMessage[], extra?: JsonObject) =>
    collectEvents(
      live.backend(),
      live.ask('', {
        messages,
        tools: [weather],
        params: { maxTokens: 60, thinking: false, ...(extra && { extra }) },
      }),
    );

  it('calls a tool by itself', async () => {
    const events = await ask([...history, question('Paris')]);
    expect(events.filter(({ type }) => type === 'tool-call')).toMatchObject([{ name: 'weather' }]);
    expect(givenTo(events)).toEqual({ city: 'Paris' });
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'tool-calls' });
    expect(textOf(events).trim()).toBe('');
  });

  it('goes on with the result of a call', async () => {
    const called = { id: 'call1', name: 'weather', arguments: '{"city":"Paris"}' };
    const result = {
      role: 'tool',
      text: 'Rain, 18 degrees',
      toolCallId: 'call1',
      toolName: 'weather',
    } as const;
    const turns = [question('Paris'), { role: 'assistant', text: '', toolCalls: [called] } as const, result];
    const events = await ask(turns);
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
  });

  if (live.kind === 'vllm') {
    // It holds the arguments to JSON only: without the examples this model fills in the schema itself.
    it('calls the tool that is named', async () => {
      const extra = { tool_choice: { type: 'function', function: { name: 'weather' } } };
      const events = await ask([...history, question('Paris')], extra);
      expect(givenTo(events)).toEqual({ city: 'Paris' });
      expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'tool-calls' });
    });
  }
};

function givenTo(events: Awaited<ReturnType<typeof collectEvents>>): unknown {
  const call = events.find((event) => event.type === 'tool-call');
  return JSON.parse(call?.arguments ?? 'null') as unknown;
}
