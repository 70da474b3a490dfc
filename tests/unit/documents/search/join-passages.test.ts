import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPassages } from '../../../../src/documents/search/join-passages';

/** Chunks of 100 characters, each of which takes in 20 of the one before. */
const chunks = Array.from({ length: 12 }, (_, index) => ({
  start: index * 80,
  end: index * 80 + 100,
  headings: [],
  tokens: 20,
}));
const hit = (chunk: number, documentId = 'a') => ({ documentId, chunk, fused: 1 / (1 + chunk) });
const join = (hits: readonly ReturnType<typeof hit>[], passages: number, neighbours: number) =>
  joinPassages(hits, () => chunks, { passages, neighbours }).map(({ documentId, first, last }) => [
    documentId,
    first,
    last,
  ]);

describe('joinPassages', () => {
  it('joins neighbours, as far as there are any', () => {
    expect(join([hit(0), hit(11), hit(5)], 3, 1)).toEqual([
      ['a', 0, 1],
      ['a', 10, 11],
      ['a', 4, 6],
    ]);
  });

  it('makes one passage of those that touch, at the place of the best', () => {
    expect(join([hit(8), hit(1), hit(3), hit(2)], 4, 0)).toEqual([
      ['a', 8, 8],
      ['a', 1, 3],
    ]);
  });

  it('keeps documents apart', () => {
    expect(join([hit(4), hit(5, 'b'), hit(5)], 3, 0)).toEqual([
      ['a', 4, 5],
      ['b', 5, 5],
    ]);
  });

  it('ends with as many as were asked for, those that became one counted each', () => {
    expect(join([hit(0), hit(4), hit(8), hit(2)], 2, 0)).toEqual([
      ['a', 0, 0],
      ['a', 4, 4],
    ]);
    expect(join([hit(0), hit(1), hit(8)], 2, 0)).toEqual([['a', 0, 1]]);
    expect(join([hit(0), hit(1), hit(8)], 2, 1)).toEqual([
      ['a', 0, 1],
      ['a', 7, 9],
    ]);
  });

  it('joins no further than is allowed: what comes after first, and no chunk twice', () => {
    const limited = (hits: readonly ReturnType<typeof hit>[], longest: number) =>
      joinPassages(hits, () => chunks, { passages: 4, neighbours: 2, longest }).map(({ first, last }) => [
        first,
        last,
      ]);
    expect(limited([hit(5)], 100)).toEqual([[3, 7]]);
    expect(limited([hit(5)], 60)).toEqual([[4, 6]]);
    expect(limited([hit(5)], 40)).toEqual([[5, 6]]);
    expect(limited([hit(5)], 10)).toEqual([[5, 5]]);
    expect(limited([hit(11)], 40)).toEqual([[10, 11]]);
    // Of two that touch, the later one keeps what is left of its surroundings.
    expect(limited([hit(5), hit(7)], 40)).toEqual([
      [5, 6],
      [7, 8],
    ]);
    expect(limited([hit(5), hit(4)], 60)).toEqual([[4, 6]]);
    expect(limited([hit(5), hit(7)], 80)).toEqual([[4, 7]]);
  });

  it('takes chunks of which nobody tells the length for usual ones', () => {
    const unknown = { length: 9 };
    expect(joinPassages([hit(4)], () => unknown, { passages: 1, neighbours: 1, longest: 600 })).toMatchObject(
      [{ first: 4, last: 5 }],
    );
  });

  it('never gives a text twice, and leaves out no hit while there is room', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), fc.nat({ max: 11 })), {
          selector: ([documentId, chunk]) => `${documentId} ${chunk}`,
          maxLength: 24,
        }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 3 }),
        (found, passages, neighbours) => {
          const hits = found.map(([documentId, chunk]) => hit(chunk, documentId));
          const joined = joinPassages(hits, () => chunks, { passages, neighbours });
          expect(joined.length).toBeLessThanOrEqual(passages);
          for (const one of joined) {
            for (const other of joined) {
              if (one === other || one.documentId !== other.documentId) continue;
              const isBefore = (chunks[one.last]?.end ?? 0) <= (chunks[other.first]?.start ?? 0);
              const isAfter = (chunks[other.last]?.end ?? 0) <= (chunks[one.first]?.start ?? 0);
              expect(isBefore || isAfter).toBe(true);
            }
          }
          const isIn = ({ documentId, chunk }: ReturnType<typeof hit>): boolean =>
            joined.some((one) => one.documentId === documentId && one.first <= chunk && chunk <= one.last);
          if (hits.length <= passages) expect(hits.every(isIn)).toBe(true);
          if (hits[0]) expect(isIn(hits[0])).toBe(true);
        },
      ),
    );
  });
});
