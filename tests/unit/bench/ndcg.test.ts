import { expect, test } from 'vitest';
import { ndcg, recall } from '../../../bench/rag/ndcg.mjs';

test('a ranking is as good as the places of what is relevant', () => {
  expect(ndcg([1, 2, 3], [1, 2])).toBe(1);
  expect(ndcg([3, 1], [1])).toBeCloseTo(1 / Math.log2(3));
  expect(ndcg([3, 4], [1])).toBe(0);
  expect(ndcg([3, 1], [1], 1)).toBe(0);
  expect(ndcg([1], [])).toBe(0);
});

test('recall is the share that was found', () => {
  expect(recall([1, 2, 3], [3, 4], 3)).toBe(0.5);
  expect(recall([1, 2, 3], [3, 4], 2)).toBe(0);
});
