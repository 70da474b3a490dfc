import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, DocumentText } from '../../../../src/core/document';
import { splitChunks } from '../../../../src/documents/chunking/split-chunks';

/** A token is four characters of a word, and there is one more at the start of every text. */
const countTokens = (text: string): number =>
  1 + (text.match(/\S+/g) ?? []).reduce((sum, word) => sum + Math.ceil(word.length / 4), 0);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Joins blocks with blank lines. */
function documentOf(parts: readonly (Omit<Block, 'start' | 'end'> & { text: string })[]): DocumentText {
  let text = '';
  const blocks = parts.map(({ text: own, ...block }) => {
    if (text) text += '\n\n';
    const start = text.length;
    text += own;
    return { ...block, start, end: text.length };
  });
  return { text, blocks, notices: [] };
}

const textsOf = (document: DocumentText, tokens: number, overlap = 0): string[] =>
  splitChunks(document, { tokens, overlap }, countTokens).map(({ start, end }) =>
    document.text.slice(start, end),
  );

test('paragraphs share a chunk as long as they fit', () => {
  const document = documentOf(
    ['one two', 'three four', 'five six'].map((text) => ({ kind: 'paragraph', text })),
  );
  expect(textsOf(document, 6)).toEqual(['one two\n\nthree four', 'five six']);
});

test('a heading begins a chunk, which knows the headings above it', () => {
  const document = documentOf([
    { kind: 'paragraph', text: 'Before.' },
    { kind: 'heading', level: 1, text: 'The  Book' },
    { kind: 'heading', level: 2, text: 'First\nPart' },
    { kind: 'paragraph', text: 'Of the first.' },
    { kind: 'heading', level: 2, text: 'Second' },
    { kind: 'heading', level: 2, text: 'Third' },
    { kind: 'list-item', text: 'Of the third.' },
    { kind: 'heading', level: 1, text: 'Index' },
    { kind: 'table-row', text: 'a | b' },
  ]);
  const chunks = splitChunks(document, { tokens: 50, overlap: 10 }, countTokens);
  expect(chunks.map(({ start, end, headings }) => [document.text.slice(start, end), headings])).toEqual([
    ['Before.', []],
    ['The  Book\n\nFirst\nPart\n\nOf the first.', ['The Book', 'First Part']],
    ['Second', ['The Book', 'Second']],
    ['Third\n\nOf the third.', ['The Book', 'Third']],
    ['Index\n\na | b', ['Index']],
  ]);
});

test('a heading keeps the beginning of a paragraph that does not fit beside it', () => {
  const document = documentOf([
    { kind: 'heading', level: 1, text: 'Title' },
    { kind: 'paragraph', text: 'One two three. Four five six.' },
  ]);
  expect(textsOf(document, 7)).toEqual(['Title\n\nOne two three.', 'Four five six.']);
});

test('a long paragraph goes by sentences, and a long sentence by words', () => {
  const document = documentOf([
    { kind: 'paragraph', text: 'One two. Three four. Five six seven eight nine.' },
  ]);
  expect(textsOf(document, 5)).toEqual(['One two.', 'Three four.', 'Five six seven', 'eight nine.']);
});

test('code stays whole where it fits, and otherwise goes by lines', () => {
  const code = 'let a\n\n  let b\nlet c';
  const document = documentOf([
    { kind: 'paragraph', text: 'one two three' },
    { kind: 'code', text: code },
  ]);
  expect(textsOf(document, 7)).toEqual(['one two three', code]);
  expect(textsOf(document, 5)).toEqual(['one two three', 'let a\n\n  let b', 'let c']);
});

test('a chunk repeats the last whole sentences of the one before, within its section', () => {
  const document = documentOf([
    { kind: 'paragraph', text: 'One two. Three. Four.' },
    { kind: 'paragraph', text: 'Five six.' },
    { kind: 'heading', level: 1, text: 'Other' },
    { kind: 'paragraph', text: 'Seven.' },
  ]);
  expect(textsOf(document, 7, 3)).toEqual(['One two. Three. Four.', 'Four.\n\nFive six.', 'Other\n\nSeven.']);
});

test('a word that is too long is cut', () => {
  const document = documentOf([{ kind: 'paragraph', text: `see ${'x'.repeat(100)} there` }]);
  const texts = textsOf(document, 11);
  expect(texts.join('').replace(/\s/g, '')).toBe(document.text.replace(/\s/g, ''));
  expect(Math.max(...texts.map(countTokens))).toBeLessThanOrEqual(11);
});

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'wing',
    'Größe',
    '水は冷たい。空は',
    'e.g.',
    '😀👩‍👩‍👧',
    'end.',
    'really?',
    '\t',
    '\n',
    '\r\n',
    '\u00a0',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
);
const part = fc.record({
  kind: fc.constantFrom('heading', 'paragraph', 'list-item', 'code', 'table-row'),
  level: fc.integer({ min: 1, max: 4 }),
  text: fc.array(word, { maxLength: 40 }).map((words) => words.join(' ').replace(/^\s+|\s+$/g, '')),
});
const made = fc
  .record({ parts: fc.array(part, { maxLength: 12 }), breaks: fc.array(fc.nat(), { maxLength: 5 }) })
  .map(({ parts, breaks }): DocumentText => {
    const document = documentOf(parts);
    const pages = [0, ...breaks.map((at) => at % (document.text.length + 1))].sort((a, b) => a - b);
    return { ...document, pages };
  });
const options = fc
  .record({ tokens: fc.integer({ min: 2, max: 60 }), overlap: fc.nat({ max: 30 }) })
  .map(({ tokens, overlap }) => ({ tokens, overlap: Math.min(overlap, tokens - 1) }));

test('chunks are in order, hold every block, keep to the budget and know their page', () => {
  fc.assert(
    fc.property(made, options, (document, chosen) => {
      const chunks = splitChunks(document, chosen, countTokens);
      const held = new Uint8Array(document.text.length);
      let last = -1;
      for (const { start, end, tokens, page = 0 } of chunks) {
        const text = document.text.slice(start, end);
        expect(text.trim()).toBe(text);
        expect(start).toBeGreaterThan(last);
        expect(tokens).toBe(countTokens(text));
        if (tokens > chosen.tokens) expect(Array.from(graphemes.segment(text)).length).toBe(1);
        expect(document.pages?.[page - 1]).toBeLessThanOrEqual(start);
        expect(document.pages?.[page] ?? Infinity).toBeGreaterThan(start);
        held.fill(1, start, end);
        last = start;
      }
      for (const { start, end } of document.blocks) {
        for (let at = start; at < end; at++) {
          if (/\S/.test(document.text.charAt(at))) expect(held[at]).toBe(1);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('what is repeated is no more than the overlap, and never a whole chunk', () => {
  fc.assert(
    fc.property(made, options, (document, chosen) => {
      const chunks = splitChunks(document, chosen, countTokens);
      chunks.forEach(({ start, end }, place) => {
        const before = chunks[place - 1];
        if (!before || before.end <= start) return;
        const repeated = document.text.slice(start, before.end);
        expect(countTokens(repeated) - 1).toBeLessThanOrEqual(chosen.overlap);
        expect(end).toBeGreaterThan(before.end);
      });
    }),
    { numRuns: 300 },
  );
});

test('the number of counted characters grows with the text and not faster', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog. ';
  const counted = (times: number): number => {
    let units = 0;
    const document = documentOf([{ kind: 'paragraph', text: sentence.repeat(times).trim() }]);
    splitChunks(document, { tokens: 64, overlap: 16 }, (text) => {
      units += text.length;
      return countTokens(text);
    });
    return units / document.text.length;
  };
  expect(counted(4000)).toBeLessThan(4);
  expect(counted(4000) / counted(400)).toBeCloseTo(1, 1);
});
