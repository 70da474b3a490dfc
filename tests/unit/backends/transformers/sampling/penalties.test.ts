import { expect, it } from 'vitest';
import { penalize } from '../../../../../src/backends/transformers/sampling/penalties';

const none = { repeatPenalty: 1, frequencyPenalty: 0, presencePenalty: 0 };

function penalized(logits: number[], seen: number[], promptLength: number, penalties: Partial<typeof none>) {
  const scores = Float32Array.from(logits);
  penalize(scores, seen, promptLength, { ...none, ...penalties });
  return [...scores];
}

it('repetition divides positive scores and multiplies negative ones, once per token, in prompt and answer', () => {
  // As in Hugging Face's test of its processor: penalty 2.
  expect(penalized([0.25, -0.25, 0.25, 0.25], [0, 1, 0], 1, { repeatPenalty: 2 })).toEqual([
    0.125, -0.5, 0.25, 0.25,
  ]);
});

it('frequency subtracts for each use in the answer, not in the prompt', () => {
  expect(penalized([1, 1, 1], [0, 1, 1, 2], 1, { frequencyPenalty: 0.5 })).toEqual([1, 0, 0.5]);
});

it('presence subtracts once for each token used in the answer', () => {
  expect(penalized([1, 1, 1], [0, 1, 1, 2], 1, { presencePenalty: 0.5 })).toEqual([1, 0.5, 0.5]);
});

it('both add up, and negative ones reward', () => {
  const both = { frequencyPenalty: 0.25, presencePenalty: 0.5 };
  expect(penalized([1, 1], [0, 1, 1], 1, both)).toEqual([1, 0]);
  expect(penalized([1, 1], [0, 1, 1], 1, { frequencyPenalty: -1 })).toEqual([1, 3]);
});

it('none changes nothing', () => {
  expect(penalized([3, -2], [0, 1, 0, 1], 2, {})).toEqual([3, -2]);
});
