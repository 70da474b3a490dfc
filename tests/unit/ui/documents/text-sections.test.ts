import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../../../src/core/document';
import {
  blockParts,
  pageAt,
  sectionAt,
  textSections,
} from '../../../../src/ui/documents/viewer/text-sections';

const block = (start: number, end: number): Block => ({ kind: 'paragraph', start, end });

/** Blocks of any length with gaps of any length between them, some of them blank. */
const documents = fc
  .array(fc.tuple(fc.constantFrom('', ' \n', ' lost ', '\n\n'), fc.stringMatching(/^[a-z]{1,5000}$/)), {
    maxLength: 12,
  })
  .map((pieces) => {
    const blocks: Block[] = [];
    let text = '';
    for (const [gap, words] of pieces) {
      text += gap;
      blocks.push(block(text.length, text.length + words.length));
      text += words;
    }
    return { text, blocks };
  });

test('every letter of a document is in a section, in order', () => {
  fc.assert(
    fc.property(documents, (read) => {
      const shown = textSections(read).flatMap(({ blocks }) => blocks);
      const letters = shown.map(({ start, end }) => read.text.slice(start, end)).join('');
      expect(letters).toBe(read.text.replace(/\s/g, ''));
    }),
  );
});

test('a section that holds an offset is found', () => {
  const words = 'word '.repeat(4000).trim();
  const read = { text: words, blocks: [block(0, 9000), block(9000, 19_999)] };
  const sections = textSections(read);
  expect(sections).toHaveLength(2);
  expect(sectionAt(sections, 0)).toBe(0);
  expect(sectionAt(sections, 9000)).toBe(1);
  expect(sectionAt([], 5)).toBe(0);
});

test.each([
  [{ start: 2, end: 4 }, ['ab', '[cd]', 'ef']],
  [{ start: 0, end: 99 }, ['[abcdef]']],
  [{ start: 4, end: 99 }, ['abcd', '[ef]']],
  [{ start: 50, end: 99 }, ['abcdef']],
  [undefined, ['abcdef']],
])('the part of a passage in a block: %j', (range, expected) => {
  const parts = blockParts('abcdef', block(0, 6), range);
  expect(parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))).toEqual(expected);
});

test('the page of an offset', () => {
  const pages = [0, 10, 10, 30];
  expect([0, 9, 10, 29, 30, 99].map((offset) => pageAt(pages, offset))).toEqual([1, 1, 3, 3, 4, 4]);
  expect(pageAt(undefined, 3)).toBeUndefined();
});
