/** Thoughts come apart from the answer, and the switch and its degrees reach the chat template. */
import { expect, it } from 'vitest';
import type { Params } from '../../../../src/core/params';
import { collectEvents, reasoningOf, terminalOf, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

/** So weak a model does not close a thought by itself; who tells thought from answer is the server all the same. */
const grammar = String.raw`root ::= [A-Z] [a-z ]{4,30} "\n</think>\n\n" [0-9]{1,4}`;

export const thinking: LiveTopic = (live) => {
  const answer = (params: Params) =>
    collectEvents(live.backend(), live.ask('What is 4+4?', { params: { maxTokens: 40, ...params } }));

  it('sends thoughts in deltas of their own', async () => {
    const events = await answer({ thinking: true, grammar });
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'stop' });
    expect(reasoningOf(events)).toMatch(/^[A-Z][a-z ]+\n?$/);
    expect(textOf(events)).toMatch(/^\s*\d{1,4}$/);
  });

  it('does not think when it is not to', async () => {
    const events = await answer({ thinking: false });
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
    expect(reasoningOf(events)).toBe('');
    expect(textOf(events).trim()).not.toBe('');
  });

  it('gives the template the degree, and says what it sent', async () => {
    const short = { maxTokens: 2 };
    const [start] = await answer({ ...short, thinking: 'high' });
    expect(start).toMatchObject({
      effects: expect.arrayContaining([
        {
          param: 'thinking',
          outcome: 'sent',
          requested: 'high',
          wire: 'chat_template_kwargs',
          sent: { enable_thinking: true, thinking: true, reasoning_effort: 'high' },
        },
      ]) as unknown,
    });
    // The template of these servers writes a degree into the prompt, and closes the thought where there is to be none.
    const on = await promptTokens({ ...short, thinking: true });
    expect(await promptTokens({ ...short, thinking: 'high' })).toBeGreaterThan(on);
    expect(await promptTokens({ ...short, thinking: false })).toBeGreaterThan(on);
  });

  if (live.kind === 'llamacpp') {
    it('declares that the model thinks and calls tools', async () => {
      const model = await live.backend().inspect?.(live.modelId(), never);
      expect(model?.capabilities).toMatchObject({ thinking: true, tools: true });
    });
  }

  async function promptTokens(params: Params): Promise<number> {
    const end = terminalOf(await answer(params));
    return (end.type === 'stream-end' ? end.usage?.promptTokens : undefined) ?? NaN;
  }
};
