/**
 * Reference values: distributions and results of Hugging Face's own tests of the same methods
 * (transformers, tests/generation/test_logits_process.py), where there is one; else worked out by hand.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  cutByMinP,
  cutByTopK,
  cutByTopP,
  cutByTypicalP,
  likelyCandidates,
} from '../../../../../src/backends/transformers/sampling/cuts';

/** Scores that give these probabilities. */
function logitsOf(...probabilities: number[]): Float32Array {
  return Float32Array.from(probabilities, Math.log);
}

function rank(logits: Float32Array): Candidate[] {
  return cutByTopK(logits, logits.length);
}

function ranked(...probabilities: number[]): Candidate[] {
  return rank(logitsOf(...probabilities));
}

function tokens(candidates: readonly Candidate[]): number[] {
  return candidates.map(({ token }) => token).sort((a, b) => a - b);
}

const scores = fc
  .array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((given) => Float32Array.from(given));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the cuts', () => {
  it('top-k keeps the k most likely tokens, most likely first', () => {
    expect(cutByTopK(logitsOf(0.1, 0.4, 0.2, 0.3), 2).map(({ token }) => token)).toEqual([1, 3]);
    expect(cutByTopK(logitsOf(0.1, 0.9), 40)).toHaveLength(2);
  });

  it.each([
    [
      [0.3, 0.1, 0.1, 0.5],
      [0, 3],
    ],
    [
      [0.15, 0.3, 0.3, 0.25],
      [1, 2, 3],
    ],
  ])('top-p 0.8 of %j keeps %j', (probabilities, kept) => {
    // A hair below, because 0.3 + 0.5 is not 0.8 in floating point.
    expect(tokens(cutByTopP(ranked(...probabilities), 0.7999999))).toEqual(kept);
  });

  it.each([
    [
      [0.9, 0.0274, 0.047, 0.0274],
      [0, 2],
    ],
    [
      [0.15, 0.3, 0.3, 0.25],
      [0, 1, 2, 3],
    ],
    [[0.97, 0.01, 0.01, 0.01], [0]],
  ])('min-p 0.05 of %j keeps %j', (probabilities, kept) => {
    expect(tokens(cutByMinP(ranked(...probabilities), 0.05))).toEqual(kept);
  });

  it.each([
    [[0.97, 0.01, 0.01, 0.01], [0]],
    [
      [0.4, 0.2, 0.2, 0.2],
      [1, 2, 3],
    ],
  ])('typical-p 0.5 of %j keeps %j', (probabilities, kept) => {
    expect(tokens(cutByTypicalP(ranked(...probabilities), 0.5))).toEqual(kept);
  });

  it('top-k is the beginning of the whole order', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 80 }), (given, k) => {
        const order = Array.from(given).sort((a, b) => b - a);
        expect(cutByTopK(given, k).map(({ logit }) => logit)).toEqual(order.slice(0, k));
      }),
    );
  });

  it('no cut is ever empty, and none adds a token', () => {
    fc.assert(
      fc.property(scores, share, (given, p) => {
        const all = rank(given);
        for (const cut of [cutByTopP, cutByMinP, cutByTypicalP]) {
          const kept = cut(all, p);
          expect(kept.length).toBeGreaterThan(0);
          expect(all).toEqual(expect.arrayContaining([...kept]));
        }
        expect(cutByMinP(all, p)[0]).toBe(all[0]);
        expect(cutByTopP(all, p)[0]).toBe(all[0]);
      }),
    );
  });

  it('what is likely enough to be looked at holds all that top-p and min-p would keep of everything', () => {
    const near = fc.double({ min: 0.01, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(scores, near, near, (given, topP, minP) => {
        const likely = likelyCandidates(given, { topK: 0, topP, minP, typicalP: 1 });
        const order = (candidates: readonly Candidate[]) => candidates.map(({ logit }) => logit);
        const expected = cutByMinP(cutByTopP(rank(given), topP), minP);
        const found = likely.slice(0, expected.length);
        expect(order(found)).toEqual(order(expected));
      }),
    );
  });
});
