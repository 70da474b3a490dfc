/** What length does to votes, against a plain implementation and against truths from which votes were drawn. */
import { describe, expect, it } from 'vitest';
import { lengthBallots } from '../../../../../src/compare/judge/ratings/length-ballots';
import { lengthEffect } from '../../../../../src/compare/judge/ratings/length-effect';
import { solvePositive } from '../../../../../src/compare/judge/ratings/solve-positive';
import type { VoteOutcome } from '../../../../../src/core/vote';
import { seededRandom } from '../../../../../src/platform/seeded-random';

interface Judged {
  readonly left: Side;
  readonly right: Side;
  readonly outcome: VoteOutcome;
}
interface Side {
  readonly modelKey: string;
  readonly label: string;
  readonly answerId: string;
  readonly length: number;
}

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
const side = (modelKey: string, length: number): Side => ({ modelKey, label: '', answerId: '', length });

/** Votes over models of these strengths, each with a usual length of its own, drawn by the model that is fitted. */
function drawn(
  count: number,
  strengths: readonly number[],
  weight: number,
  seed: number,
  ties = 0,
): Judged[] {
  const random = seededRandom(seed);
  const pick = (): number => Math.floor(random() * strengths.length);
  const lengthOf = (model: number): number => Math.round(200 * (1 + model) * Math.exp(random() * 2 - 1));
  return Array.from({ length: count }, () => {
    const [a, b] = [pick(), pick()];
    const [one, other] = [side(`m${a}`, lengthOf(a)), side(`m${b}`, lengthOf(b))];
    const edge = (strengths[a] ?? 0) - (strengths[b] ?? 0) + weight * Math.log(one.length / other.length);
    const outcome = random() < ties ? 'tie' : random() < logistic(edge) ? 'left' : 'right';
    return { left: one, right: other, outcome } as const;
  });
}

/** The same estimate in the plainest way there is: up the slope of the likelihood, in small steps. */
function plainShare(votes: readonly Judged[]): number {
  const strengths = new Map<string, number>();
  let weight = 0;
  for (let round = 0; round < 20_000; round++) {
    const rise = new Map<string, number>();
    let weightRise = (0.5 - logistic(weight * Math.LN2)) * Math.LN2;
    for (const { left, right, outcome } of votes) {
      const ratio = Math.log(left.length / right.length);
      const [one, other] = [strengths.get(left.modelKey) ?? 0, strengths.get(right.modelKey) ?? 0];
      const won = outcome === 'left' ? 1 : outcome === 'right' ? 0 : 0.5;
      const surprise = won - logistic(one - other + weight * ratio);
      rise.set(left.modelKey, (rise.get(left.modelKey) ?? 0) + surprise);
      rise.set(right.modelKey, (rise.get(right.modelKey) ?? 0) - surprise);
      weightRise += surprise * ratio;
    }
    for (const [model, by] of rise) {
      const before = strengths.get(model) ?? 0;
      strengths.set(model, before + (4 / votes.length) * (by + 0.5 - logistic(before)));
    }
    weight += (2 / votes.length) * weightRise;
  }
  return logistic(weight * Math.LN2);
}

describe('lengthEffect', () => {
  it('is the estimate of a plain implementation', () => {
    for (const [seed, weight, ties] of [
      [1, 0.8, 0],
      [2, -0.5, 0.3],
    ] as const) {
      const votes = drawn(150, [1, 0, -0.5, 0.3], weight, seed, ties);
      expect(lengthEffect(lengthBallots(votes))?.share).toBeCloseTo(plainShare(votes), 4);
    }
  });

  it('finds an effect that is there, whatever the strengths, and tells it from strength', () => {
    // The stronger models write more, so the longer one wins far more often than length alone would make it.
    const strengths = [-1.5, -0.5, 0.5, 1.5];
    for (const weight of [0, 0.6, 1.2]) {
      const truth = logistic(weight * Math.LN2);
      const found = lengthEffect(lengthBallots(drawn(3000, strengths, weight, 7)));
      expect(found?.low).toBeLessThan(truth);
      expect(found?.high).toBeGreaterThan(truth);
      expect((found?.high ?? 1) - (found?.low ?? 0)).toBeLessThan(0.08);
    }
  });

  it('has an interval that covers the truth about as often as it says', () => {
    const truth = logistic(0.5 * Math.LN2);
    const covered = Array.from({ length: 100 }, (_, seed) => {
      const found = lengthEffect(lengthBallots(drawn(200, [0.5, 0, -0.5], 0.5, seed + 1)), { samples: 100 });
      return found !== undefined && found.low < truth && found.high > truth;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThanOrEqual(86);
  });

  it('stays finite where the longer one always won, and reads a model against itself', () => {
    const votes = Array.from({ length: 20 }, (_, index) => {
      return { left: side('a', 100 + index), right: side('a', 50), outcome: 'left' } as const;
    });
    const found = lengthEffect(lengthBallots(votes));
    expect(found?.share).toBeGreaterThan(0.8);
    expect(found?.high).toBeLessThan(1);
  });

  it('says nothing of a handful of votes, of equal lengths, or of nothing', () => {
    expect(lengthEffect(lengthBallots([]))).toBeUndefined();
    expect(lengthEffect(lengthBallots(drawn(9, [0, 0], 0, 1)))).toBeUndefined();
    const equal = Array.from({ length: 50 }, () => {
      return { left: side('a', 10), right: side('b', 10), outcome: 'left' } as const;
    });
    expect(lengthEffect(lengthBallots(equal))).toBeUndefined();
  });

  it('takes an empty answer for one of a character, and is the same for the same seed', () => {
    const votes = [...drawn(30, [0, 1], 0.5, 3)];
    const ballots = lengthBallots([
      { left: side('m0', 0), right: side('m1', 10), outcome: 'right' },
      ...votes,
    ]);
    expect(ballots.ratios[0]).toBeCloseTo(Math.log(1 / 10));
    expect(lengthEffect(ballots, { seed: 5 })).toEqual(lengthEffect(ballots, { seed: 5 }));
    expect(lengthEffect(ballots, { seed: 5 })).not.toEqual(lengthEffect(ballots, { seed: 6 }));
  });
});

it('equations with a positive matrix are solved', () => {
  const solved = solvePositive(Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6), Float64Array.of(11, 21, 25));
  expect([...solved].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, 2, 3]);
});
