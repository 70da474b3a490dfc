import { expect, it } from 'vitest';
import { emulateStop } from '../../../../src/backends/shared/emulate-stop';
import type { ChatEvent } from '../../../../src/core/chat-event';

async function run(pieces: readonly string[], stops?: readonly string[]) {
  let isLeft = false;
  async function* events(): AsyncGenerator<ChatEvent> {
    try {
      yield { type: 'stream-start', modelId: 'm', effects: [] };
      for (const text of pieces) yield { type: 'text-delta', text };
      yield { type: 'stream-end', reason: 'length', usage: { completionTokens: pieces.length } };
    } finally {
      isLeft = true;
    }
  }
  const seen: ChatEvent[] = [];
  for await (const event of emulateStop(events(), stops)) seen.push(event);
  const text = seen.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
  return { seen, text, end: seen.at(-1), isLeft };
}

it('ends before a stop string that comes in pieces, and leaves the backend', async () => {
  const { text, end, isLeft } = await run(['One.', '\n', '\nTw', 'o.'], ['\n\n']);
  expect(text).toBe('One.');
  expect(end).toEqual({ type: 'stream-end', reason: 'stop' });
  expect(isLeft).toBe(true);
});

it('holds nothing back for ever', async () => {
  const { text, end } = await run(['One.', '\n'], ['\n\n', '']);
  expect(text).toBe('One.\n');
  expect(end).toMatchObject({ reason: 'length' });
});

it('passes everything on where there is nothing to look for', async () => {
  const { seen } = await run(['a', 'b'], undefined);
  expect(seen).toHaveLength(4);
});
