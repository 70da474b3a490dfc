import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FitHistory, historyKey, withOutcome } from '../../../../src/models/fit/fit-history';

const key = historyKey('wllama', 'gpu');
const anyOutcomes = fc.array(
  fc.record({
    bytes: fc.integer({ min: 1, max: 100 }),
    outcome: fc.constantFrom('ran' as const, 'out-of-memory' as const),
  }),
  { maxLength: 20 },
);

test('engines and devices are kept apart', () => {
  const history = withOutcome(withOutcome({}, key, 5, 'ran'), historyKey('wllama', 'cpu'), 3, 'ran');
  expect(history).toEqual({ 'wllama gpu': { largestThatRan: 5 }, 'wllama cpu': { largestThatRan: 3 } });
});

test('the largest run counts, whatever ran after it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (sizes) => {
      const history = sizes.reduce<FitHistory>((sum, bytes) => withOutcome(sum, key, bytes, 'ran'), {});
      expect(history[key]?.largestThatRan).toBe(Math.max(...sizes));
    }),
  );
});

test('the smallest failure counts', () => {
  const failed = withOutcome(withOutcome({}, key, 5, 'out-of-memory'), key, 9, 'out-of-memory');
  expect(failed[key]).toEqual({ smallestThatFailed: 5 });
});

test('a run takes back failures of its size and below', () => {
  const failed = withOutcome({}, key, 5, 'out-of-memory');
  expect(withOutcome(failed, key, 5, 'ran')[key]).toEqual({ largestThatRan: 5 });
  expect(withOutcome(failed, key, 4, 'ran')[key]).toEqual({ largestThatRan: 4, smallestThatFailed: 5 });
});

test('the last outcome always leaves its trace, and nothing is changed in place', () => {
  fc.assert(
    fc.property(anyOutcomes, (outcomes) => {
      outcomes.reduce<FitHistory>((before, { bytes, outcome }) => {
        const copy = structuredClone(before);
        const after = withOutcome(before, key, bytes, outcome);
        const { largestThatRan = -Infinity, smallestThatFailed = Infinity } = after[key] ?? {};
        if (outcome === 'ran') expect(largestThatRan).toBeGreaterThanOrEqual(bytes);
        else expect(smallestThatFailed).toBeLessThanOrEqual(bytes);
        expect(before).toEqual(copy);
        return after;
      }, {});
    }),
  );
});
