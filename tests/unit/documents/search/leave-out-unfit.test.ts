import { describe, expect, it } from 'vitest';
import type { FusedHit } from '../../../../src/documents/search/fuse';
import { leaveOutUnfit } from '../../../../src/documents/search/leave-out-unfit';

const hit = (documentId: string, scores: Partial<FusedHit>): FusedHit => {
  return { documentId, chunk: 0, fused: 1, ...scores };
};
const judge = (hits: readonly FusedHit[], covered: Readonly<Record<string, number>> = {}) => {
  const { fitting, unfit } = leaveOutUnfit(hits, {
    floor: 0.3,
    coverageOf: ({ documentId }) => covered[documentId] ?? 0,
  });
  return [fitting, unfit].map((some) => some.map(({ documentId }) => documentId).join(' '));
};

describe('leaveOutUnfit', () => {
  it('leaves everything as it is once one is near', () => {
    expect(judge([hit('far', { keyword: 1, dense: 0.1 }), hit('near', { dense: 0.3 })])).toEqual([
      'far near',
      '',
    ]);
  });

  it('leaves out what is only the nearest, and what shares only a word', () => {
    const hits = [hit('word', { keyword: 9, dense: 0.2 }), hit('nearest', { dense: 0.29 })];
    expect(judge(hits, { word: 0.3, nearest: 1 })).toEqual(['', 'word nearest']);
  });

  it('keeps what says most of the question, and what has no vector yet', () => {
    const hits = [hit('part number', { keyword: 9, dense: 0 }), hit('new', { keyword: 1 })];
    expect(judge(hits, { 'part number': 0.8 })).toEqual(['part number new', '']);
  });

  it('finds nothing in nothing', () => {
    expect(judge([])).toEqual(['', '']);
  });
});
