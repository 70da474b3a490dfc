import { describe, expect, it } from 'vitest';
import { emulateFormat } from '../../../../src/backends/shared/emulate-format';
import type { ChatRequest } from '../../../../src/core/backend';
import type { ChatEvent, EndReason } from '../../../../src/core/chat-event';
import type { ChatMessage } from '../../../../src/core/chat-message';
import type { Params } from '../../../../src/core/params';

const schema = { type: 'object', properties: { age: { type: 'number' } }, required: ['age'] };
const question: ChatMessage = { role: 'user', text: 'How old?' };

/** The answers that a model gives in turn. */
async function run(
  answers: readonly (string | { readonly text: string; readonly reason: EndReason })[],
  format: Params['format'] = schema,
  messages: readonly ChatMessage[] = [question],
) {
  const asked: ChatRequest[] = [];
  async function* chat(request: ChatRequest): AsyncGenerator<ChatEvent> {
    const answer = answers[asked.length] ?? '';
    asked.push(request);
    const { text, reason } = typeof answer === 'string' ? { text: answer, reason: 'stop' as const } : answer;
    yield { type: 'stream-start', modelId: 'm', effects: [] };
    for (const piece of text.match(/[\s\S]{1,3}/g) ?? []) yield { type: 'text-delta', text: piece };
    yield { type: 'stream-end', reason, usage: { promptTokens: 5, completionTokens: 2 } };
  }
  const { signal } = new AbortController();
  const request: ChatRequest = { modelId: 'm', messages, params: format === undefined ? {} : { format } };
  let text = '';
  const resets: string[] = [];
  const seen: ChatEvent[] = [];
  for await (const event of emulateFormat(chat, request, signal)) {
    seen.push(event);
    if (event.type === 'text-reset') {
      text = '';
      resets.push(event.reason);
    } else if (event.type === 'text-delta') text += event.text;
  }
  const ends = seen.filter(({ type }) => type === 'stream-end');
  const starts = seen.filter(({ type }) => type === 'stream-start');
  expect([starts.length, ends.length]).toEqual([1, 1]);
  return { text, resets, asked, end: ends[0] };
}

describe('JSON that a backend cannot be held to', () => {
  it('is told to the model, in its one system message', async () => {
    const { asked } = await run(['{"age":3}'], schema, [{ role: 'system', text: 'Be brief.' }, question]);
    expect(asked[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(asked[0]?.messages[0]?.text).toMatch(
      /^Be brief\.\n\nAnswer with JSON only[\s\S]*"required":\["age"\]/,
    );
  });

  it('stays as it is where it fits', async () => {
    const { text, resets, asked } = await run(['{"age":3}\n']);
    expect(text).toBe('{"age":3}\n');
    expect(resets).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['Here you are:\n```json\n{"age": 3}\n```\nAnything else?', '{"age": 3}'],
    ['The answer is {"age": 3}.', '{"age": 3}'],
  ])('is taken out of the words around it: %s', async (said, json) => {
    const { text, resets, asked } = await run([said]);
    expect(text).toBe(json);
    expect(resets).toEqual(['The text around the JSON was left out.']);
    expect(asked).toHaveLength(1);
  });

  it('is asked for once more where it does not fit, and both attempts are counted', async () => {
    const { text, resets, asked, end } = await run(['{"age":"three"}', '{"age":3}']);
    expect(text).toBe('{"age":3}');
    expect(resets).toHaveLength(1);
    expect(resets[0]).toContain('age');
    expect(asked[1]?.messages.slice(-2).map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(end).toMatchObject({ usage: { promptTokens: 10, completionTokens: 4 }, isRepeated: true });
  });

  it('is asked for twice at most', async () => {
    const { text, asked } = await run(['No.', 'Never.', '{"age":3}']);
    expect(text).toBe('Never.');
    expect(asked).toHaveLength(2);
  });

  it('is not asked for again where the answer was only cut', async () => {
    const { asked, end } = await run([{ text: '{"age":', reason: 'length' }]);
    expect(asked).toHaveLength(1);
    expect(end).toMatchObject({ reason: 'length' });
  });

  it('may be any JSON', async () => {
    expect((await run(['[1, 2]'], 'json')).text).toBe('[1, 2]');
  });
});
