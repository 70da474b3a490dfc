import fc from 'fast-check';
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

test('a long passage is cut at the end of a word, and says so', () => {
  const found = shown(`The valve opens. ${'filler '.repeat(400)}`, 'valve');
  expect(found).toMatch(/^The \[valve\] opens\. (filler )+…$/);
  expect(found.length).toBeLessThan(1020);
  const unbroken = shown(`valve ${'字'.repeat(3000)}`, 'valve');
  expect(unbroken.length).toBeLessThan(1020);
  const lines = shown(`valve${'\nfiller'.repeat(40)}`, 'valve');
  expect(lines).toBe(`[valve]${'\nfiller'.repeat(7)} …`);
});

test('the parts together are the text, wherever it was cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('valve', 'open', 'x', 'filler '.repeat(40)), { maxLength: 60 }),
      (words) => {
        const text = words.join(' ');
        const inside = excerpt(text, 'valve')
          .map((part) => part.text)
          .join('')
          .replace(/^… | …$/g, '');
        expect(text).toContain(inside);
        if (text.includes('valve')) expect(inside).toContain('valve');
      },
    ),
  );
});
