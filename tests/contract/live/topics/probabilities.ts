/** How likely the tokens were, where a server tells. */
import { expect, it } from 'vitest';
import { shortfalls } from '../../../support/shortfalls';
import { collectEvents, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';

export const probabilities: LiveTopic = (live) => {
  it('tells them for a plain prompt, too, or says that it cannot', async () => {
    const params = { topLogprobs: 2, maxTokens: 4 };
    const asked = live.ask('The rivers of Europe are', { params, promptFormat: 'plain' });
    const events = await collectEvents(live.backend(), asked);
    const isIgnored = live.backend().plainParams?.topLogprobs === 'unsupported';
    expect(shortfalls(events[0]).map(({ param }) => param)).toEqual(isIgnored ? ['topLogprobs'] : []);
    const tokens = events.flatMap((event) => (event.type === 'token-probabilities' ? event.tokens : []));
    if (isIgnored) return expect(tokens).toEqual([]);
    expect(tokens.length).toBeGreaterThan(2);
    for (const { alternatives } of tokens) expect(alternatives).toHaveLength(2);
  });

  if (!live.supports('topLogprobs')) return;

  it('tells how likely each token was, and the most likely ones beside it', async () => {
    const question = live.ask('What is the capital of France?', { params: { topLogprobs: 3, maxTokens: 4 } });
    const events = await collectEvents(live.backend(), question);
    expect(events.at(-1)).toMatchObject({ type: 'stream-end' });
    const tokens = events.flatMap((event) => (event.type === 'token-probabilities' ? event.tokens : []));
    expect(tokens.length).toBeGreaterThan(2);
    expect(tokens.map(({ text }) => text).join('')).toContain(textOf(events).trim());
    for (const { text, probability, alternatives } of tokens) {
      const all = alternatives.map((one) => one.probability);
      expect(all.length).toBe(3);
      expect(all.every((one) => one > 0 && one <= 1)).toBe(true);
      expect(all).toEqual([...all].sort((a, b) => b - a));
      // Rounded logarithms may add up to a little more than one.
      expect(all.reduce((sum, one) => sum + one, 0)).toBeLessThan(1.001);
      // Greedy: the most likely token is the chosen one.
      expect(alternatives[0]).toEqual({ text, probability });
    }
  });
};
