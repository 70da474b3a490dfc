/** Every setting that decides which token comes next has the effect that its name promises. */
import { expect, it } from 'vitest';
import type { ParamName, Params } from '../../../../src/core/params';
import type { LiveTopic } from '../live-server';

const story = 'Write a story about a river.';
/** Enough to tell two answers apart; every token more is time on a busy machine. */
const short = { maxTokens: 6 };
/** So hot that the most likely token rarely wins by itself. */
const hot = { ...short, temperature: 2, topP: 1 };

/** Each leaves the most likely token only, so that the temperature has no say. */
const cuts: readonly { readonly param: ParamName; readonly to: Params }[] = [
  { param: 'topK', to: { topK: 1 } },
  { param: 'topP', to: { topP: 0.001 } },
  { param: 'minP', to: { minP: 0.99 } },
];

const penalties: readonly { readonly param: ParamName; readonly to: Params }[] = [
  { param: 'repeatPenalty', to: { repeatPenalty: 1.8 } },
  { param: 'presencePenalty', to: { presencePenalty: 2 } },
  { param: 'frequencyPenalty', to: { frequencyPenalty: 2 } },
];
/** Which of them a model of few words repeats itself on differs by the server's arithmetic. */
const repetitive = [
  'Repeat the word yes forever: yes yes yes yes yes yes',
  'Say red, red, red, red, red, red and so on.',
  'Write a story about a river.',
];

export const sampling: LiveTopic = (live) => {
  const { answer, supports } = live;
  let sayGreedily: Promise<string> | undefined;
  const greedily = () => (sayGreedily ??= answer(story, short));

  it('says the same twice at temperature 0', async () => {
    const first = await greedily();
    expect(first).not.toBe('');
    expect(await answer(story, { ...short, seed: 2 })).toBe(first);
  });

  it('says something else with every seed, when hot', async () => {
    const said = new Set<string>();
    for (const seed of [1, 2, 3]) said.add(await answer(story, { ...hot, seed }));
    expect(said.size).toBe(3);
  });

  it('says the same twice with one seed, however hot', async () => {
    const first = await answer(story, { ...hot, seed: 7 });
    expect(await answer(story, { ...hot, seed: 7 })).toBe(first);
  });

  for (const { param, to } of cuts.filter((one) => supports(one.param))) {
    it(`takes the most likely tokens with ${param} at its narrowest`, async () => {
      expect(await answer(story, { ...hot, seed: 3, ...to })).toBe(await greedily());
    });
  }

  if (supports('typicalP')) {
    it('takes one token for typical with typicalP at its narrowest', async () => {
      const typical = { ...hot, typicalP: 0.001 };
      const first = await answer(story, { ...typical, seed: 1 });
      expect(await answer(story, { ...typical, seed: 2 })).toBe(first);
    });
  }

  for (const { param, to } of penalties.filter((one) => supports(one.param))) {
    it(`repeats itself less with ${param}`, async () => {
      let differs = false;
      for (const text of repetitive) {
        if (differs) break;
        const penalized = await answer(text, { maxTokens: 16, ...to });
        expect(penalized).not.toBe('');
        differs = penalized !== (await answer(text, { maxTokens: 16 }));
      }
      expect(differs).toBe(true);
    });
  }
};
