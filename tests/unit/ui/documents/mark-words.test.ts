import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markWords } from '../../../../src/ui/documents/search/mark-words';

const marked = (text: string, query: string): string[] =>
  markWords(text, query)
    .filter(({ isMarked }) => isMarked)
    .map((part) => part.text);

test.each([
  ['The pumps are inspected twice.', 'pump inspection', ['pumps', 'inspected']],
  ['Ångström’s CAFÉ', 'cafe angstrom', ['Ångström’s', 'CAFÉ']],
  ['a cat and a catalogue', 'cat', ['cat']],
  ['nothing of it', 'pressure', []],
  ['東京の天気は晴れです', '天気', ['天気']],
  ['any text', '', []],
  ['The valve is in the pump.', 'What is in the valve?', ['valve']],
  ['Die Pumpe ist in dem Haus, und sie ist alt.', 'Wo ist die Pumpe?', ['Pumpe']],
])('in “%s” for “%s”', (text, query, expected) => {
  expect(marked(text, query)).toEqual(expected);
});

test('the parts together are the text, and none is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
      const parts = markWords(text, query);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      expect(parts.every((part) => part.text.length > 0)).toBe(true);
    }),
  );
});
