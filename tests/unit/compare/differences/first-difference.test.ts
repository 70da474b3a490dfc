import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstDifference } from '../../../../src/compare/differences/first-difference';

test('the first word that is another, and how each goes on', () => {
  expect(firstDifference('One two three four.', 'One two drei vier.')).toEqual({
    word: 3,
    before: 'One two ',
    first: 'three four.',
    second: 'drei vier.',
  });
  expect(firstDifference('One two', 'One two three')).toMatchObject({ word: 3, first: '', second: ' three' });
  expect(firstDifference('', 'Yes')).toMatchObject({ word: 1, before: '', first: '' });
});

test('none exactly where the texts are the same', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(firstDifference(one, other) === undefined).toBe(one === other);
    }),
  );
});
