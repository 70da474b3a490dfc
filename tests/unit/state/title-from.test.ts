import { expect, test } from 'vitest';
import { titleFrom } from '../../../src/state/title-from';

test('a short message is its own title, on one line', () => {
  expect(titleFrom('  Hello\n\n world ')).toBe('Hello world');
});

test('a long one is cut at a word', () => {
  const title = titleFrom('word '.repeat(40));
  expect(title.length).toBeLessThanOrEqual(61);
  expect(title).toMatch(/word…$/);
});

test('one endless word is cut all the same', () => {
  expect(titleFrom('x'.repeat(500)).length).toBeLessThanOrEqual(61);
});

test('an empty message has a title', () => {
  expect(titleFrom(' ')).toBe('New conversation');
});
