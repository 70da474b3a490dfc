import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headingLevels } from '../../../../src/documents/reading/pdf/heading-levels';
import { pagesTold } from '../../../../src/documents/reading/pdf/pages-told';
import { pageText } from '../../../../src/documents/reading/pdf/pdf-text';

type Items = Parameters<typeof pageText>[0]['items'];
type Item = Items[number];

const item = (str: string, x: number, y: number, size = 10, hasEOL = true): Item => ({
  str,
  dir: 'ltr',
  transform: [size, 0, 0, size, x, y],
  width: str.length * size * 0.5,
  height: size,
  fontName: 'f1',
  hasEOL,
});

const paragraphsOf = (items: Items): readonly string[] => {
  const { text, paragraphs } = pageText({ items });
  return paragraphs.map(({ start, end }) => text.slice(start, end));
};

describe('a paragraph begins', () => {
  const lines = (...others: Item[]): Items => [
    item('One.', 50, 700),
    item('Two.', 50, 688),
    item('Three.', 50, 676),
    ...others,
  ];

  test.each([
    ['after a wider distance', item('New', 50, 650)],
    ['with another size', item('New', 50, 664, 14)],
    ['further up, as in the next column', item('New', 300, 700)],
    ['with an indentation', item('New', 65, 664)],
    ['with a bullet', item('• New', 50, 664)],
  ])('%s', (_, next) =>
    expect(paragraphsOf(lines(next))).toEqual(['One.\nTwo.\nThree.', next && 'str' in next ? next.str : '']),
  );

  test('but not with the next line, a cell beside it, or a slightly smaller line', () => {
    const items = lines(item('Four', 50, 664), item('cell', 200, 664), item('small', 50, 652, 9.5));
    expect(paragraphsOf(items)).toEqual(['One.\nTwo.\nThree.\nFour\ncell\nsmall']);
  });

  test('in lines that are written upwards as in others', () => {
    const turned = (str: string, x: number): Item => ({
      ...item(str, x, 100),
      transform: [0, 10, -10, 0, x, 100],
    });
    expect(
      paragraphsOf([turned('One', 100), turned('two', 112), turned('three', 124), turned('Next', 160)]),
    ).toEqual(['One\ntwo\nthree', 'Next']);
  });
});

test('pieces of a line come together, blanks at its end and empty lines stay out', () => {
  const { text, spans } = pageText({
    items: [
      item('One', 0, 100, 10, false),
      item(' ', 20, 100, 0, false),
      item('line', 25, 100, 10, false),
      item('  ', 50, 100),
      item('', 0, 90),
      item('next ', 0, 88),
    ],
  });
  expect(text).toBe('One line\nnext');
  expect(spans).toEqual([
    { start: 0, end: 3, item: 0 },
    { start: 3, end: 4, item: 1 },
    { start: 4, end: 8, item: 2 },
    { start: 9, end: 13, item: 5 },
  ]);
});

test('a divided word is whole again, and its spans end before the hyphen', () => {
  const { text, spans } = pageText({
    items: [item('exam-', 0, 100), item('ple of A-', 0, 88), item('Z and 3-', 0, 76), item('fold', 0, 64)],
  });
  expect(text).toBe('example of A-\nZ and 3-\nfold');
  expect(spans.slice(0, 2)).toEqual([
    { start: 0, end: 4, item: 0 },
    { start: 4, end: 13, item: 1 },
  ]);
});

test('marks of structure are no text, and keep the numbers of the items', () => {
  const { spans } = pageText({ items: [{ type: 'beginMarkedContent', id: '1' }, item('a', 0, 0)] });
  expect(spans).toEqual([{ start: 0, end: 1, item: 1 }]);
});

test('every span is the beginning of its item, whatever the items are', () => {
  const number = fc.double({ min: -1000, max: 1000, noNaN: true });
  const any = fc.record({
    str: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', ' ', 'a-', 'b', '-', '\u00AD', ' x ')),
    dir: fc.constant('ltr'),
    transform: fc.oneof(fc.array(number, { minLength: 6, maxLength: 6 }), fc.constant<number[]>([])),
    width: number,
    height: number,
    fontName: fc.constant('f'),
    hasEOL: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(any), (items) => {
      const { text, spans, paragraphs } = pageText({ items });
      let at = 0;
      for (const { start, end, item: index } of spans) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(items[index]?.str.startsWith(text.slice(start, end))).toBe(true);
        at = end;
      }
      const held = paragraphs.map((one) => one.text);
      expect(paragraphs.map(({ start, end }) => text.slice(start, end))).toEqual(held);
      expect(held.every((one) => one !== '' && one === one.trim())).toBe(true);
      expect(held.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
    { numRuns: 500 },
  );
});

test('headings are larger than most of the text, and the largest are outermost', () => {
  const sized = (size: number, text = 'Words of a heading') => ({ size, text });
  const paragraphs = [20, 15, 10, 10.2, 9, 15].map((size) => sized(size));
  const quote = sized(20, 'long '.repeat(100));
  const entry = sized(20, '1 Introduction . . . . . . . 3');
  const levelOf = headingLevels([...paragraphs, sized(10, 'body '.repeat(1000)), quote, entry]);
  expect(paragraphs.map(levelOf)).toEqual([1, 2, undefined, undefined, undefined, 2]);
  expect([quote, entry].map(levelOf)).toEqual([undefined, undefined]);
});

test.each([
  [[3], 'Page 3'],
  [[3, 4, 5, 9], 'Pages 3–5 and 9'],
  [[1, 3, 5], 'Pages 1, 3, and 5'],
])('%j → %s', (numbers, told) => expect(pagesTold(numbers)).toBe(told));
