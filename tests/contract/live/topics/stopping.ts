/** A stopped answer is over for the server too. */
import { expect, it } from 'vitest';
import { streamChat } from '../../../../src/core/stream-chat';
import { collectEvents, terminalOf } from '../../support/collect-events';
import type { LiveContext, LiveTopic } from '../live-server';

const limit = 1500;

export const stopping: LiveTopic = (live) => {
  it('stops when asked to, and answers the next question', async () => {
    expect(await stopAfterSomeWords(live)).toBe('aborted');
    const next = await collectEvents(live.backend(), live.ask('Hi.', { params: { maxTokens: 4 } }));
    expect(terminalOf(next)).toMatchObject({ type: 'stream-end' });
  });

  const watch = live.isOurs ? watches[live.kind] : undefined;
  if (watch) {
    it('stops to work when nobody listens any more, by its own account', async () => {
      const before = await watch(live);
      expect(await stopAfterSomeWords(live)).toBe('aborted');
      const now = () => watch(live);
      await expect.poll(async () => (await now()).running, { timeout: 60_000 }).toBe(0);
      const written = (await now()).tokens - before.tokens;
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(limit / 2);
    });
  }
};

async function stopAfterSomeWords({ backend, ask }: LiveContext): Promise<string | undefined> {
  const controller = new AbortController();
  const question = ask('Write a very long story.', { params: { maxTokens: limit } });
  const types: string[] = [];
  for await (const event of streamChat(backend(), question, controller.signal)) {
    types.push(event.type === 'stream-end' ? event.reason : event.type);
    if (types.length === 5) controller.abort();
  }
  return types.at(-1);
}

/** How many answers a server is writing, and how many tokens it has written in all. */
type Watch = (live: LiveContext) => Promise<{ readonly running: number; readonly tokens: number }>;

const watches: Readonly<Partial<Record<string, Watch>>> = {
  vllm: async (live) => {
    const metrics = await get(live, '/metrics');
    return {
      running: valueOf(metrics, 'vllm:num_requests_running'),
      tokens: valueOf(metrics, 'vllm:generation_tokens_total'),
    };
  },
  llamacpp: async (live) => {
    const slots = JSON.parse(await get(live, '/slots')) as { readonly is_processing: boolean }[];
    const metrics = await get(live, '/metrics');
    return {
      running: slots.filter((slot) => slot.is_processing).length,
      tokens: valueOf(metrics, 'llamacpp:tokens_predicted_total'),
    };
  },
};

async function get({ connection: { baseUrl, apiKey = '' } }: LiveContext, path: string): Promise<string> {
  const response = await fetch(baseUrl + path, { headers: { authorization: `Bearer ${apiKey}` } });
  expect(response.status).toBe(200);
  return response.text();
}

function valueOf(metrics: string, name: string): number {
  const line = metrics.split('\n').find((one) => one.startsWith(name));
  if (line === undefined) throw new Error(`The server has no ${name}.`);
  return Number(line.split(' ').at(-1));
}
