/** What the settings of sampling do to the tiny model's answers, on every engine alike. Registers the tests of one engine. */
import { expect, test } from 'vitest';
import type { Backend } from '../../../src/core/backend';
import type { Params } from '../../../src/core/params';
import { ask } from './tiny-model';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** Fruits are likely by 50, 25, 15 and 10 per cent: apple, pear and two others. */
export function fruits(backend: Backend, modelId: string, params: Params): Promise<string[]> {
  const pick = async (seed: number) =>
    (await ask(backend, modelId, 'pick a fruit', { seed, ...params })).text;
  return Promise.all(seeds.map(pick));
}

export function describeSampling(backend: Backend, modelId: string): void {
  const answer = async (prompt: string, params: Params) => (await ask(backend, modelId, prompt, params)).text;

  test('seed: the same one gives the same answer, others give others', async () => {
    const first = await fruits(backend, modelId, { temperature: 1 });
    expect(await fruits(backend, modelId, { temperature: 1 })).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  test.for<[string, Params]>([
    ['temperature 0', { temperature: 0 }],
    ['topK 1', { temperature: 2, topK: 1 }],
    ['topP 0.01', { temperature: 2, topP: 0.01 }],
    ['minP 0.95', { temperature: 2, minP: 0.95 }],
  ])('%s always takes the most likely token', async ([, params]) => {
    expect(new Set(await fruits(backend, modelId, params))).toEqual(new Set(['apple']));
  });

  test('typicalP takes the token that is as surprising as expected, which is not the most likely one', async () => {
    // The surprise of the second fruit is nearest to the entropy.
    const typical = await fruits(backend, modelId, { temperature: 1, typicalP: 0.01 });
    expect(new Set(typical)).toEqual(new Set(['pear']));
  });

  test('maxTokens cuts the answer and says so', async () => {
    const { text, last } = await ask(backend, modelId, 'count to ten', { temperature: 0, maxTokens: 3 });
    expect(text).toBe('1 2 3');
    expect(last).toMatchObject({ reason: 'length', usage: { completionTokens: 3 } });
  });

  test('stop ends the answer before the text, over several tokens too', async () => {
    expect(await answer('count to ten', { temperature: 0, stop: ['5'] })).toBe('1 2 3 4 ');
    expect(await answer('count to ten', { temperature: 0, stop: ['nine', ' 7 8'] })).toBe('1 2 3 4 5 6');
    const { last } = await ask(backend, modelId, 'count to ten', { temperature: 0, stop: ['5'] });
    expect(last).toMatchObject({ reason: 'stop' });
  });

  test('repeatPenalty changes an answer that repeats itself', async () => {
    const text = await answer('write a list', { temperature: 0, repeatPenalty: 100, maxTokens: 12 });
    expect(text).not.toContain('\n- two');
  });
}
