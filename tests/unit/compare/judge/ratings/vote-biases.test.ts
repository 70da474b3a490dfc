/** Position, length, and how far judges agree, in figures. */
import { describe, expect, it } from 'vitest';
import { judgeAgreement } from '../../../../../src/compare/judge/ratings/judge-agreement';
import { shareOf } from '../../../../../src/compare/judge/ratings/share';
import { voteBiases } from '../../../../../src/compare/judge/ratings/vote-biases';
import type { Judge, Vote, VoteOutcome } from '../../../../../src/core/vote';

const side = (answerId: string, length = 10) => ({ modelKey: answerId, label: answerId, answerId, length });
const person: Judge = { kind: 'person' };
const judged = (
  outcome: VoteOutcome,
  { judge = person, left = side('a'), right = side('b') }: Partial<Vote> = {},
) => ({ outcome, judge, left, right });
const model = (...verdicts: [VoteOutcome, VoteOutcome]): Judge => ({
  kind: 'model',
  modelKey: 'judge',
  label: 'Judge',
  rubric: '',
  verdicts,
  reason: '',
});

describe('shareOf', () => {
  it('has the interval of Wilson', () => {
    // 10 of 20, and 0 of 10, as tables of the interval give them.
    expect(shareOf(10, 20).low).toBeCloseTo(0.2993, 4);
    expect(shareOf(10, 20).high).toBeCloseTo(0.7007, 4);
    expect(shareOf(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(shareOf(0, 0)).toEqual({ part: 0, whole: 0 });
  });
});

describe('voteBiases', () => {
  it('counts the left ones among those that won', () => {
    const votes = [judged('left'), judged('left'), judged('right'), judged('tie'), judged('both-bad')];
    expect(voteBiases(votes).left).toMatchObject({ part: 2, whole: 3 });
  });

  it('counts the longer ones among those that won, where the lengths differ', () => {
    const [short, long] = [side('a', 10), side('b', 90)];
    const votes = [
      judged('left', { left: long, right: short }),
      judged('right', { left: long, right: short }),
      judged('right', { left: short, right: long }),
      judged('left', { left: short, right: side('c', 10) }),
    ];
    expect(voteBiases(votes).longer).toMatchObject({ part: 2, whole: 3 });
  });

  it('takes both orders of a model for themselves: one that always says left contradicts itself', () => {
    // The second verdict was given with the places changed: “left” there is “right” as seen from here.
    const { left, consistent } = voteBiases([
      judged('tie', { judge: model('left', 'right') }),
      judged('left', { judge: model('left', 'left') }),
    ]);
    expect(left).toMatchObject({ part: 3, whole: 4 });
    expect(consistent).toMatchObject({ part: 1, whole: 2 });
  });
});

describe('judgeAgreement', () => {
  it('compares over the same two answers, whatever side they stood on', () => {
    const turned = { left: side('b'), right: side('a') };
    const other = { left: side('c'), right: side('d') };
    const mine = [judged('left'), judged('tie', other)];
    const theirs = [judged('right', turned), judged('both-bad', other), judged('left', { left: side('x') })];
    expect(judgeAgreement(mine, theirs).agreed).toMatchObject({ part: 2, whole: 2 });
    expect(judgeAgreement(mine, theirs).kappa).toBe(1);
  });

  it('has Cohen’s kappa', () => {
    // Of 50 pairs: 20 both left, 15 both right, 5 and 10 crossed. Observed 0.7, by chance 0.5: kappa 0.4.
    const cells: readonly [VoteOutcome, VoteOutcome, number][] = [
      ['left', 'left', 20],
      ['left', 'right', 5],
      ['right', 'left', 10],
      ['right', 'right', 15],
    ];
    const [mine, theirs] = [0, 1].map((which) =>
      cells.flatMap((cell, row) =>
        Array.from({ length: cell[2] }, (_, number) => {
          const outcome = cell[which === 0 ? 0 : 1];
          return judged(outcome, { left: side(`a${row} ${number}`), right: side(`b${row} ${number}`) });
        }),
      ),
    );
    expect(judgeAgreement(mine ?? [], theirs ?? []).kappa).toBeCloseTo(0.4, 10);
  });

  it('says nothing where nothing was judged by both', () => {
    expect(judgeAgreement([judged('left')], [])).toEqual({ agreed: { part: 0, whole: 0 } });
  });
});
