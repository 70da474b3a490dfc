/** Where the network cuts a stream must not matter: every recorded stream, cut at every byte. */
import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../src/core/backend';
import type { ChatEvent } from '../../src/core/chat-event';
import { collectEvents, mergeDeltas } from './support/collect-events';
import { readRecording } from './support/recording';
import type { Recording } from './support/recording';
import { replayFetch } from './support/replay-fetch';
import { createServerBackend, serverRows } from './support/server-rows';

const streams = serverRows.flatMap(({ kind, streams: names }) =>
  names.map((stream) => ({ kind, ...stream })),
);

describe.each(streams)('$name', ({ kind, name, isPlain }) => {
  const recording = readRecording(name);

  async function read(cuts: readonly number[], played: Recording = recording): Promise<ChatEvent[]> {
    const request: ChatRequest = {
      modelId: 'smollm2',
      messages: [{ role: 'user', text: 'Hi.' }],
      params: {},
      promptFormat: isPlain ? 'plain' : 'chat',
    };
    const answer = replayFetch(played, cuts);
    const shown = () => Promise.resolve(Response.json({ template: '{{ range .Messages }}' }));
    const callFetch: typeof fetch = (input, init) =>
      typeof input === 'string' && input.endsWith('/api/show') ? shown() : answer(input, init);
    // A fresh name per run: a turn of InstructLab's queue ends a moment after its request.
    const address = `http://server-${runs++}.test`;
    return mergeDeltas(await collectEvents(createServerBackend(kind, address, callFetch), request));
  }

  it('reads the same when cut at any byte', { timeout: 180_000 }, async () => {
    const whole = await read([]);
    expect(whole.length).toBeGreaterThan(0);
    for (let at = 1; at < recording.body.length; at++) {
      const events = await read([at]);
      expect(JSON.stringify(events), `cut at byte ${at}`).toBe(JSON.stringify(whole));
    }
  });

  it('reads the same byte by byte', async () => {
    const everywhere = Array.from({ length: Math.max(0, recording.body.length - 1) }, (_, at) => at + 1);
    expect(JSON.stringify(await read(everywhere))).toBe(JSON.stringify(await read([])));
  });
});

let runs = 0;
