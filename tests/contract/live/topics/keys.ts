/** A wrong key is named as one, even where the server hides its refusal from pages. */
import { expect, it } from 'vitest';
import { createOpenAiCompatible } from '../../../../src/backends/openai-compatible';
import { serverPresets } from '../../../../src/backends/presets';
import { collectEvents } from '../../support/collect-events';
import { fetchAsPage } from '../fetch-as-page';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

/** The page that `scripts/servers/live-key.mjs` lets vLLM answer. */
const allowedOrigin = 'http://localhost:4173';

export const keys: LiveTopic = (live) => {
  const { apiKey, kind } = live;
  if (apiKey === undefined || kind === 'ollama') return;

  it.each([undefined, 'wrong'])('refuses the key %s', async (wrong) => {
    const backend = await live.open({ ...live.connection, apiKey: wrong });
    // llama.cpp lists its models, and answers for nobody.
    if (kind !== 'llamacpp') {
      await expect(backend.listModels(never)).rejects.toMatchObject({ code: 'unauthorized' });
    }
    const events = await collectEvents(backend, live.ask('Hi.'));
    expect(events.at(-1)).toMatchObject({ type: 'stream-error', error: { code: 'unauthorized' } });
  });

  if (kind !== 'vllm' || !live.isOurs) return;
  it('is found out to want another key, though a page cannot see that', async () => {
    const asPage = { fetch: fetchAsPage(allowedOrigin) };
    const wrong = createOpenAiCompatible({ ...live.connection, apiKey: 'wrong' }, serverPresets.vllm, asPage);
    expect(await wrong.probe(never)).toMatchObject({
      state: 'unavailable',
      error: { code: 'unauthorized', message: expect.stringContaining('most likely wants a key') as string },
    });
    const right = createOpenAiCompatible(live.connection, serverPresets.vllm, asPage);
    expect(await right.probe(never)).toMatchObject({ state: 'ready' });
  });
};
