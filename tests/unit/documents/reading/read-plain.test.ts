import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentKind } from '../../../../src/core/document';
import { blocksOf, expectSound, failure, read } from '../../../support/documents/read';

test('text: paragraphs stand between empty lines', async () => {
  const document = await read('text', '\n\nOne\nline.\n  \t\n  Two. \r\n\r\n\r\nThree');
  expectSound(document);
  expect(blocksOf(document)).toEqual(['paragraph: One\nline.', 'paragraph: Two.', 'paragraph: Three']);
  expect(document.pages).toBeUndefined();
});

test('text: a paragraph as long as a file', async () => {
  const { blocks, text } = await read('text', 'some words on a line\n'.repeat(500_000));
  expect(blocks).toEqual([{ kind: 'paragraph', start: 0, end: text.length - 1 }]);
});

test('markdown: headings, items, code and rows at their places in the source', async () => {
  const source = `---
title: x
---

# Title #

Words *with* emphasis
over two lines.

- one
  - inner
- two

1. first

Setext
------

\`\`\`js
# no heading

let x;
\`\`\`

> A quote.

| name | year |
| ---- | ---- |
| Ada  | 1815 |

<!-- hidden -->

[link]: https://example.org
`;
  const document = await read('markdown', source);
  expect(document.text).toBe(source);
  expectSound(document);
  expect(blocksOf(document)).toEqual([
    'code: ---\ntitle: x\n---',
    'heading1: Title',
    'paragraph: Words *with* emphasis\nover two lines.',
    'list-item: - one',
    'list-item: - inner',
    'list-item: - two',
    'list-item: 1. first',
    'heading2: Setext',
    'code: ```js\n# no heading\n\nlet x;\n```',
    'paragraph: > A quote.',
    'table-row: | name | year |',
    'table-row: | Ada  | 1815 |',
  ]);
});

test('markdown that is nested without end is read as text', async () => {
  const document = await read('markdown', `${'> '.repeat(20_000)}deep`);
  expectSound(document);
  expect(document.blocks).not.toEqual([]);
});

describe('tables', () => {
  test('each row names its columns', async () => {
    const document = await read('csv', 'name,born\nAda,1815\n"Grace, H.","1906\nNY"\n\nAlan,\n');
    expectSound(document);
    expect(blocksOf(document)).toEqual([
      'table-row: name; born',
      'table-row: name: Ada; born: 1815',
      'table-row: name: Grace, H.; born: 1906 NY',
      'table-row: name: Alan',
    ]);
  });

  test('semicolons and tabs divide as well', async () => {
    expect(blocksOf(await read('csv', 'a;b\n1;2\n')).at(-1)).toBe('table-row: a: 1; b: 2');
    expect(blocksOf(await read('csv', 'a\tb\n1\t2\n')).at(-1)).toBe('table-row: a: 1; b: 2');
  });

  test('without names in the first line the fields stand alone', async () => {
    const document = await read('csv', 'Ada,1815\nGrace,1906\n');
    expect(blocksOf(document)).toEqual(['table-row: Ada; 1815', 'table-row: Grace; 1906']);
  });

  test('a quote that does not end is told', async () => {
    const { notices } = await read('csv', 'a,b\n"1,2\n3,4\n');
    expect(notices.join()).toMatch(/quote is not closed/);
  });
});

describe('code', () => {
  test('a definition with all that is indented below it is a block', async () => {
    const source = `import os

def one():
    a = 1

    return a


class Two:

    def method(self):
        pass
`;
    const document = await read('code', source, 'a.py');
    expect(document.text).toBe(source);
    expectSound(document);
    expect(blocksOf(document)).toEqual([
      'code: import os',
      'code: def one():\n    a = 1\n\n    return a',
      'code: class Two:\n\n    def method(self):\n        pass',
    ]);
  });

  test('a closing brace belongs to what it closes', async () => {
    const document = await read('code', 'function one() {\n\n  go();\n\n}\n\nfunction two() {}\n', 'a.js');
    expect(blocksOf(document)).toEqual(['code: function one() {\n\n  go();\n\n}', 'code: function two() {}']);
  });

  test('a long class is divided into its methods', async () => {
    const method = (name: string): string => `  ${name}() {\n${'    step();\n'.repeat(30)}  }\n`;
    const document = await read(
      'code',
      `class A {\n${method('a')}\n${method('b')}\n${method('c')}}\n`,
      'a.js',
    );
    expectSound(document);
    expect(blocksOf(document).map((block) => block.slice(0, 15))).toEqual([
      'code: class A {',
      'code: b() {\n   ',
      'code: c() {\n   ',
    ]);
  });
});

test.each(['text', 'markdown', 'csv', 'code', 'html'] satisfies DocumentKind[])(
  '%s: blocks are sound for any text, and hold all of it that is not blank',
  async (kind) => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '',
        ' ',
        '# h',
        '- a',
        '  - b',
        '| a | b |',
        '|-|-|',
        '```',
        '    x',
        '"',
        '<p>',
        '</p>',
        '<li>',
        '> q',
        '}',
        '\f',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const document = await read(kind, `x\n${lines.join('\n')}`);
        expectSound(document);
        if (kind === 'text' || kind === 'code') {
          const held = document.blocks.map(({ start, end }) => document.text.slice(start, end)).join('');
          expect(held.replace(/\s/g, '')).toBe(document.text.replace(/\s/g, ''));
        }
      }),
      { numRuns: 200 },
    );
  },
);

test.each(['text', 'markdown', 'csv', 'code', 'html', 'pdf', 'docx', 'odt', 'epub'] satisfies DocumentKind[])(
  'an empty file of kind %s is told',
  async (kind) => expect(await failure(read(kind, ''))).toMatch(/is empty/),
);

test.each(['text', 'markdown', 'csv', 'code', 'html'] satisfies DocumentKind[])(
  'a binary file that passes for %s is told',
  async (kind) =>
    expect(await failure(read(kind, Uint8Array.of(0, 1, 2, 3, 255, 254, 0)))).toMatch(/is not text/),
);
