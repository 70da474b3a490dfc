import { expect, test } from 'vitest';
import { excerpt } from '../../../../src/ui/documents/search/excerpt';

const shown = (text: string, query: string): string =>
  excerpt(text, query)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('');

test('a passage whose words stand at its beginning is shown from there', () => {
  expect(shown('The valve opens. More.', 'valve opens')).toBe('The [valve] [opens]. More.');
  expect(shown('Nothing of it.', 'valve')).toBe('Nothing of it.');
});

test('where most words stand together, the passage is cut in, at the beginning of a word', () => {
  const text = `A valve. ${'filler '.repeat(120)}the kestrel valve opens at nine bar.`;
  const found = shown(text, 'kestrel valve opens');
  expect(found).toMatch(/^… (filler )+the \[kestrel\] \[valve\] \[opens\] at nine bar\.$/);
  expect(found.length).toBeLessThan(150);
});
