import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src/documents/search/candidate';
import { byKeywordAlone, fuse } from '../../../../src/documents/search/fuse';
import type { DenseView } from '../../../../src/documents/search/side-trust';

const view: DenseView = { mean: 0.1, deviation: 0.1, trust: 1, chunks: 1000 };
const named = (name: string, scores: Partial<Candidate>): Candidate => ({
  documentId: name,
  chunk: 0,
  ...scores,
});
const order = (hits: readonly Candidate[]): string => hits.map(({ documentId }) => documentId).join(' ');

/** Forty hits of the keywords, none of which stands out; their cosines are those of any chunk. */
const aimless = Array.from({ length: 40 }, (_, place) =>
  named(`word${place}`, { keyword: 10 - place / 10, dense: 0.1 + (place % 2 ? 0.1 : -0.1) }),
);
/** What is near by meaning, with other words. */
const near = [0.7, 0.6, 0.5].map((dense, place) => named(`near${place}`, { dense }));

describe('fuse', () => {
  it('adds up what both sides say where they agree', () => {
    const candidates = [
      named('words', { keyword: 10, dense: 0.35 }),
      named('both', { keyword: 9, dense: 0.55 }),
      named('meaning', { keyword: 2, dense: 0.6 }),
    ];
    expect(order(fuse(candidates, 0.5, view))).toBe('both words meaning');
    expect(order(fuse(candidates, 0, view))).toBe('words both meaning');
    expect(order(fuse(candidates, 1, view))).toBe('meaning both words');
  });

  it('goes by meaning where the keywords lead nowhere', () => {
    const found = order(fuse([...aimless, ...near], 0.5, view));
    expect(found.startsWith('near0 near1 near2')).toBe(true);
  });

  it('goes by keywords where meaning is worth nothing in this collection', () => {
    const found = fuse([...aimless, ...near], 0.5, { ...view, trust: 0 });
    expect(order(found)).toBe(order(byKeywordAlone([...aimless, ...near])));
  });

  it('keeps a name that only the keywords know', () => {
    const candidates = [named('part number', { keyword: 120, dense: 0.05 }), ...aimless, ...near];
    expect(fuse(candidates, 0.5, view)[0]?.documentId).toBe('part number');
    const alone = [named('part number', { keyword: 8, dense: 0.05 }), ...near];
    expect(fuse(alone, 0.5, view)[0]?.documentId).toBe('part number');
  });

  it('does not take one of few chunks for outstanding', () => {
    const candidates = [named('a word', { keyword: 1, dense: 0.05 }), ...near];
    expect(fuse(candidates, 0.5, { ...view, chunks: 12 })[0]?.documentId).toBe('near0');
  });

  it('does not count against a chunk that it has no vector yet', () => {
    const candidates = [
      named('without', { keyword: 10 }),
      named('with', { keyword: 9, dense: 0.5 }),
      named('near', { dense: 0.6 }),
    ];
    expect(fuse(candidates, 0.5, view)[0]?.documentId).toBe('without');
  });

  it('gives an order where all are alike, or there is nothing to tell', () => {
    expect(fuse([], 0.5, view)).toEqual([]);
    const alike = [named('a', { dense: 0.1 }), named('b', { dense: 0.1 })];
    for (const { fused } of fuse(alike, 0.5, { ...view, deviation: 0 })) expect(fused).toBe(0);
  });
});
