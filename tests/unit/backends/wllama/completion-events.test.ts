import { expect, it } from 'vitest';
import { completionEvents, type CompletionChunk } from '../../../../src/backends/wllama/completion-events';

async function events(...chunks: CompletionChunk[]) {
  async function* stream() {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const all = [];
  for await (const event of completionEvents(stream())) all.push(event);
  return all;
}

const said = (content: string): CompletionChunk => ({ choices: [{ delta: { content } }] });
const ended = (finish_reason: string): CompletionChunk => ({ choices: [{ delta: {}, finish_reason }] });

it('maps the chunks that wllama 3.8 sends for a chat', async () => {
  const start: CompletionChunk = { choices: [{ delta: { content: null }, finish_reason: null }] };
  const last: CompletionChunk = {
    choices: [],
    usage: { completion_tokens: 2, prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 3 } },
    timings: { prompt_ms: 1.485, predicted_ms: 6.865 },
  };
  expect(await events(start, said('pong'), ended('stop'), last)).toEqual([
    { type: 'text-delta', text: 'pong' },
    {
      type: 'stream-end',
      reason: 'stop',
      usage: { promptTokens: 9, cachedTokens: 3, completionTokens: 2 },
      timings: { prefillMs: 1.485, decodeMs: 6.865 },
    },
  ]);
});

it('takes the thoughts that llama.cpp split off', async () => {
  const thought: CompletionChunk = { choices: [{ delta: { reasoning_content: 'Hm.' } }] };
  expect(await events(thought, said('Yes.'), ended('stop'))).toEqual([
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'text-delta', text: 'Yes.' },
    { type: 'stream-end', reason: 'stop' },
  ]);
});

it('splits off the thoughts that it did not, also when a tag comes in parts', async () => {
  const all = await events(said('<thi'), said('nk>Hm.</th'), said('ink>Yes.'), ended('stop'));
  const join = (type: string) =>
    all.map((event) => ('text' in event && event.type === type ? event.text : ''));
  expect(join('reasoning-delta').join('')).toBe('Hm.');
  expect(join('text-delta').join('')).toBe('Yes.');
});

it('gives back what it held for a tag that never came', async () => {
  expect(await events(said('1 <'), said('thi'), ended('length'))).toContainEqual(
    expect.objectContaining({ type: 'stream-end', reason: 'length' }),
  );
  const texts = (await events(said('<thi'), ended('stop'))).map((event) =>
    'text' in event ? event.text : '',
  );
  expect(texts.join('')).toBe('<thi');
});

it('reads plain completions', async () => {
  const plain: CompletionChunk = { choices: [{ text: 'pong', finish_reason: 'stop' }] };
  expect(await events(plain)).toEqual([
    { type: 'text-delta', text: 'pong' },
    { type: 'stream-end', reason: 'stop' },
  ]);
});

it('calls an end without or with an unknown reason "other"', async () => {
  expect(await events(said('a'))).toContainEqual({ type: 'stream-end', reason: 'other' });
  expect(await events(ended('tool_calls'))).toEqual([{ type: 'stream-end', reason: 'other' }]);
});
