import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupByLength } from '../../../../src/backends/transformers/group-by-length';

const limits = { most: 3, mostCharacters: 20 };

test('neighbours in length share a group, a long text has its own', () => {
  const texts = ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bb', 'cccccccccc', 'd', 'eee', 'ffff'];
  expect(groupByLength(texts, limits)).toEqual([[3, 1, 4], [5, 2], [0]]);
});

test('every text is in one group, and no group breaks the limits', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40 })), (texts) => {
      const groups = groupByLength(texts, limits);
      expect(groups.flat().sort((a, b) => a - b)).toEqual([...texts.keys()]);
      for (const group of groups) {
        const longest = Math.max(...group.map((position) => texts[position]?.length ?? NaN));
        expect(group.length).toBeLessThanOrEqual(limits.most);
        if (group.length > 1) expect(group.length * longest).toBeLessThanOrEqual(limits.mostCharacters);
      }
    }),
  );
});
