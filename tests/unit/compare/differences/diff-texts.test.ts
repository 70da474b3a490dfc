import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffTexts } from '../../../../src/compare/differences/diff-texts';

const told = (from: string, to: string) =>
  diffTexts(from, to)
    .map(({ kind, text }) => ({ same: text, removed: `[-${text}]`, added: `[+${text}]` })[kind])
    .join('');

test('words that changed, in their sentence', () => {
  expect(told('The cat sat on the mat.', 'The dog sat on a mat.')).toBe(
    'The [-cat][+dog] sat on [-the][+a] mat.',
  );
  expect(told('Same.', 'Same.')).toBe('Same.');
  expect(told('', 'New.')).toBe('[+New.]');
  expect(told('', '')).toBe('');
});

test('words that changed side by side are one change', () => {
  expect(told('It is very warm today.', 'It is quite cold today.')).toBe(
    'It is [-very warm][+quite cold] today.',
  );
});

test('the parts make up both texts, whatever they are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom('a', 'b', 'c', ' ', '\n', '.', '日本', '1,5', '👩‍👩‍👧'), { maxLength: 40 })
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, text, (from, to) => {
      const parts = diffTexts(from, to);
      const without = (left: string) =>
        parts
          .filter(({ kind }) => kind !== left)
          .map((part) => part.text)
          .join('');
      expect(without('added')).toBe(from);
      expect(without('removed')).toBe(to);
      expect(parts.every((part) => part.text !== '')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('long texts that have nothing in common are told apart as a whole, not word by word', () => {
  const many = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word}${index}`).join(' ');
  const parts = diffTexts(many('a'), many('b'));
  expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
