import { expect, it } from 'vitest';
import { isPlainGreedy, samplingSettings } from '../../../../src/backends/transformers/answer-settings';

it('is greedy where nobody asks for anything else', () => {
  expect(isPlainGreedy(samplingSettings({}, {}))).toBe(true);
  expect(isPlainGreedy(samplingSettings({}, { top_k: 50, temperature: 1, do_sample: false }))).toBe(true);
});

it('takes the makers’ advice where they ask for sampling', () => {
  const advice = { do_sample: true, temperature: 0.6, top_k: 20, top_p: 0.95 };
  expect(samplingSettings({}, advice)).toMatchObject({ temperature: 0.6, topK: 20, topP: 0.95 });
  expect(samplingSettings({}, { do_sample: true })).toMatchObject({ temperature: 1 });
  expect(samplingSettings({}, { do_sample: true, min_p: 0.15 })).toMatchObject({ minP: 0.15 });
  expect(samplingSettings({}, { repetition_penalty: 1.05 })).toMatchObject({ repeatPenalty: 1.05 });
});

it('what the person set comes first', () => {
  const advice = { do_sample: true, temperature: 0.6, top_k: 20 };
  expect(samplingSettings({ temperature: 0, topK: 3 }, advice)).toMatchObject({ temperature: 0, topK: 3 });
});

it('greedy with a penalty is not plain', () => {
  expect(isPlainGreedy(samplingSettings({ temperature: 0, repeatPenalty: 1.1 }, {}))).toBe(false);
});
