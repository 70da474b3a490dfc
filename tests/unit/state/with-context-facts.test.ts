import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../src/core/chat-message';
import type { AnswerMessage } from '../../../src/core/conversation';
import { withContextFacts } from '../../../src/state/with-context-facts';

const words = (count: number): string => 'word '.repeat(count);
const first: ChatMessage[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: words(600) },
];
const second: ChatMessage[] = [
  ...first,
  { role: 'assistant', text: 'Yes.' },
  { role: 'user', text: words(600) },
];

const answer: AnswerMessage = {
  id: 'a',
  conversationId: 'c',
  parentId: 'q',
  position: 1,
  createdAt: 0,
  role: 'assistant',
  state: 'done',
  text: 'Yes.',
  reasoning: '',
  backendId: 'ollama',
  backendLabel: 'Ollama',
  modelId: 'm',
  modelLabel: 'm',
  runsOn: 'server',
  usage: { promptTokens: 820, completionTokens: 3 },
};
/** The second prompt did not shrink, but must have been about 1500 tokens. */
const next: AnswerMessage = { ...answer, id: 'b', usage: { promptTokens: 821, completionTokens: 3 } };
const before = withContextFacts(answer, { sent: { messages: first }, window: 1024, before: undefined });
const longAnswer = { ...before, usage: { promptTokens: 820, completionTokens: 300 } };

describe('withContextFacts', () => {
  it('notes how much was sent', () => {
    expect(before.promptCharacters).toBe(3009);
    expect(before.cut).toBeUndefined();
  });

  it('finds a cut by the answer before', () => {
    expect(
      withContextFacts(next, { sent: { messages: second }, window: 1024, before: longAnswer }).cut,
    ).toMatchObject({
      read: 821,
      window: 1024,
    });
  });

  it.each<[string, AnswerMessage | undefined, ChatMessage[]]>([
    ['another model answered before', { ...longAnswer, modelId: 'other' }, second],
    ['another server answered before', { ...longAnswer, backendId: 'other' }, second],
    ['the system prompt changed', longAnswer, [{ role: 'system', text: 'Be' }, ...second.slice(1)]],
    ['nothing was reported before', { ...longAnswer, usage: undefined }, second],
    ['there was no answer before', undefined, second],
  ])('does not compare where %s', (_, earlier, messages) => {
    expect(withContextFacts(next, { sent: { messages }, window: 1024, before: earlier }).cut).toBeUndefined();
  });

  it('leaves what runs in this page alone: it refuses what is too long', () => {
    expect(
      withContextFacts(
        { ...next, runsOn: 'this-cpu' },
        { sent: { messages: second }, window: 1024, before: longAnswer },
      ).cut,
    ).toBeUndefined();
  });

  it('does not take the guess of an earlier cut for known once the window is larger', () => {
    const cut = { read: 1020, sent: 5000, window: 1024 };
    const larger = { ...next, usage: { promptTokens: 1630 } };
    expect(
      withContextFacts(larger, { sent: { messages: second }, window: 4096, before: { ...before, cut } }).cut,
    ).toBeUndefined();
  });
});
