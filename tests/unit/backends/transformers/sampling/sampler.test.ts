import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../src/platform/seeded-random';
import {
  drawIndex,
  sampleToken,
  type SamplingSettings,
} from '../../../../../src/backends/transformers/sampling/sampler';

const open: SamplingSettings = {
  temperature: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  typicalP: 1,
  repeatPenalty: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
};

/** Scores that give these probabilities. */
function logitsOf(...probabilities: number[]): Float32Array {
  return Float32Array.from(probabilities, Math.log);
}

describe('a draw', () => {
  it('takes the token in whose share of the line the number falls', () => {
    const logits = logitsOf(0.5, 0.25, 0.25);
    const drawn = [0, 0.49, 0.51, 0.74, 0.76, 0.999999].map((draw) => drawIndex(logits, 1, draw));
    expect(drawn).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('comes as often as it is likely, sharper when cold and flatter when hot', () => {
    const random = seededRandom(1);
    const share = (temperature: number) => {
      const draws = Array.from({ length: 4000 }, () =>
        sampleToken(logitsOf(0.7, 0.2, 0.1), [], 0, { ...open, temperature }, random),
      );
      return draws.filter((token) => token === 0).length / draws.length;
    };
    const expected = (temperature: number) => {
      const weights = [0.7, 0.2, 0.1].map((p) => p ** (1 / temperature));
      return (weights[0] ?? 0) / weights.reduce((sum, weight) => sum + weight);
    };
    for (const temperature of [0.5, 1, 2]) expect(share(temperature)).toBeCloseTo(expected(temperature), 1);
    expect(share(0.5)).toBeGreaterThan(share(2));
  });

  it('at temperature 0 is the most likely token, whatever the cuts', () => {
    const settings = { ...open, temperature: 0, topP: 0.1, minP: 1, typicalP: 0.2 };
    expect(sampleToken(logitsOf(0.2, 0.5, 0.3), [], 0, settings, Math.random)).toBe(1);
  });

  it('comes from what the cuts leave', () => {
    const random = seededRandom(3);
    const drawn = (cuts: Partial<SamplingSettings>) => {
      const draws = Array.from({ length: 300 }, () =>
        sampleToken(logitsOf(0.15, 0.5, 0.1, 0.25), [], 0, { ...open, ...cuts }, random),
      );
      return [...new Set(draws)].sort();
    };
    expect(drawn({})).toEqual([0, 1, 2, 3]);
    expect(drawn({ topK: 2 })).toEqual([1, 3]);
    expect(drawn({ topP: 0.85 })).toEqual([0, 1, 3]);
    expect(drawn({ minP: 0.4 })).toEqual([1, 3]);
    expect(drawn({ topK: 3, minP: 0.4, topP: 0.6 })).toEqual([1, 3]);
  });

  it('counts the penalties before everything else', () => {
    const settings = { ...open, temperature: 0, presencePenalty: 2 };
    expect(sampleToken(logitsOf(0.4, 0.6), [1], 0, settings, Math.random)).toBe(0);
  });
});
