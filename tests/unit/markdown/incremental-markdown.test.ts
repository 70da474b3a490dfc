/** Reading a text piece by piece must end where reading it at once ends, wherever it is cut. */
import fc from 'fast-check';
import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { BoundedTokenizer } from '../../../src/ui/shared/markdown/bounded-tokenizer';
import { IncrementalMarkdown } from '../../../src/ui/shared/markdown/incremental-markdown';
import type { BlockNode } from '../../../src/ui/shared/markdown/markdown-node';
import { readBlock } from '../../../src/ui/shared/markdown/read-block';
import { readInline } from '../../../src/ui/shared/markdown/read-inline';
import { commonMarkExamples as examples } from '../../support/commonmark-examples';

/** The oracle: marked over the whole text, with none of the machinery under test. */
function readAtOnce(text: string): BlockNode[] {
  const lexer = new Lexer({ gfm: true, tokenizer: new BoundedTokenizer() });
  lexer.blockTokens(text.replace(/\r\n?/g, '\n'), lexer.tokens);
  for (const { src, tokens } of lexer.inlineQueue) {
    // marked lets an unclosed <a> of one block swallow the links of all later ones.
    Object.assign(lexer.state, { inRawBlock: false, inLink: false });
    lexer.inlineTokens(src, tokens);
  }
  return lexer.tokens.flatMap((token) => readBlock(token, readInline) ?? []);
}

/** Line ends behind a block may be counted to it or not; nobody sees that. */
function normalised(nodes: readonly BlockNode[]): unknown {
  return JSON.parse(JSON.stringify(nodes, (key, value: unknown) => (key === 'raw' ? undefined : value)));
}

function readInPieces(pieces: readonly string[]): readonly BlockNode[] {
  const markdown = new IncrementalMarkdown();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    markdown.update(text, false);
  }
  return markdown.update(text, true);
}

function cut(text: string, size: number): string[] {
  return cutBySizes(text, [size]);
}

/** Pieces of the given sizes, over and over. */
function cutBySizes(text: string, sizes: readonly number[]): string[] {
  const pieces = [];
  for (let from = 0, turn = 0; from < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(text.slice(from, from + size));
    from += size;
  }
  return pieces;
}

describe('CommonMark examples', () => {
  it('has all of them', () => {
    expect(examples.length).toBe(652);
  });

  it.each(examples)('example $number ($section) cut anywhere', ({ markdown }) => {
    const expected = normalised(readAtOnce(markdown));
    for (let at = 0; at <= markdown.length; at++) {
      expect(normalised(readInPieces([markdown.slice(0, at), markdown.slice(at)]))).toEqual(expected);
    }
    expect(normalised(readInPieces(cut(markdown, 1)))).toEqual(expected);
  });

  it('reads all examples as one document, in pieces of several sizes', () => {
    const text = examples.map(({ markdown }) => markdown).join('\n\n');
    const expected = normalised(readAtOnce(text));
    for (const size of [3, 7, 64]) expect(normalised(readInPieces(cut(text, size)))).toEqual(expected);
  });
});

const line = fc.constantFrom(
  ...[
    'plain words',
    'some **bold',
    'text** and *more*',
    '`code',
    'a ~~b~~',
    'wrapped\\',
    'tail  ',
    '&copy; &#65;',
  ],
  ...[
    '# heading',
    '#',
    'title',
    '===',
    '---',
    '***',
    '- - -',
    '- item',
    '* star',
    '+ plus',
    '1. one',
    '2) two',
  ],
  ...[
    '  indented',
    '    four',
    '\ttab',
    '      six',
    '- [ ] open',
    '- [x] done',
    '-',
    '1.',
    '> quote',
    '>',
    '> - a',
  ],
  ...['```', '```ts', '~~~', '  ```', '````', '| a | b |', '|---|:-:|', '| 1 | 2 | 3 |', 'a | b', '--|--'],
  ...[
    '[ref]',
    '[text][ref]',
    '![i][ref]',
    '[ref]: http://x.test "t',
    '[ref]: http://y.test',
    '[other]:',
    '  /url',
    '"',
  ],
  ...[
    '<div>',
    '</div>',
    '<!-- c',
    '-->',
    '<pre>',
    '</pre>',
    '<b>x',
    '<a href="x">',
    '<sub>2</sub>',
    '<?',
    '?>',
  ],
  ...[
    '[a](http://x.test)',
    '<http://x.test>',
    'www.x.test',
    '[x](javascript:y)',
    '\u00e9\u{1F600}',
    '> [ref]: http://q.test',
  ],
);
const separator = fc.constantFrom(
  '\n',
  '\n',
  '\n\n',
  '\n\n',
  '\n \n',
  '\n\t\n',
  '\r\n',
  '\r',
  ' ',
  '',
  '\n  ',
  '\n    ',
  '\n> ',
);
const document = fc
  .array(fc.tuple(line, separator), { maxLength: 14 })
  .map((parts) => parts.map(([text, end]) => text + end).join(''));

describe('made-up documents', () => {
  const runs = { numRuns: Number(process.env.MARKDOWN_RUNS ?? 600) };

  it('end the same, however they are cut', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(document, cuts, (text, sizes) => {
        expect(normalised(readInPieces(cutBySizes(text, sizes)))).toEqual(normalised(readAtOnce(text)));
      }),
      runs,
    );
  });

  it('end the same character by character, and each finished state is right on the way', () => {
    fc.assert(
      fc.property(document, (text) => {
        const markdown = new IncrementalMarkdown();
        for (let end = 1; end <= text.length; end++) markdown.update(text.slice(0, end), end % 5 === 0);
        expect(normalised(markdown.update(text, true))).toEqual(normalised(readAtOnce(text)));
      }),
      runs,
    );
  });

  it.each([
    ['a heading', '[ref]: http://x.test "t\n# heading\nplain words\n"\n'],
    ['a fence', '[ref]: http://x.test "t\n```\ncode\n```\nwords\n"\n\n[ref]\n'],
  ])('a definition whose title holds %s is one in the end', (_what, text) => {
    expect(normalised(readInPieces(cut(text, 1)))).toEqual(normalised(readAtOnce(text)));
  });

  it('end the same after the text was replaced by another', () => {
    fc.assert(
      fc.property(document, document, (first, second) => {
        const markdown = new IncrementalMarkdown();
        markdown.update(first, false);
        expect(normalised(markdown.update(second, true))).toEqual(normalised(readAtOnce(second)));
      }),
      runs,
    );
  });
});

describe('finished blocks', () => {
  it('keep their objects while the text grows', () => {
    const markdown = new IncrementalMarkdown();
    const text =
      '# Title\n\nFirst **paragraph**.\n\n- one\n- two\n\n```ts\nconst a = 1;\n```\n\n> quote\n\nLast';
    const before = markdown.update(text, false);
    const after = markdown.update(`${text} words\n\nand more.`, false);
    expect(before.map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'list',
      'code',
      'quote',
      'paragraph',
    ]);
    for (const index of [0, 1, 2, 3, 4]) expect(after[index]).toBe(before[index]);
    expect(after[5]).not.toBe(before[5]);
  });

  it('keep finished items, rows and lines of a block that still grows', () => {
    const list = new IncrementalMarkdown();
    const oneItem = list.update('- first **item**\n- second', false)[0];
    const twoItems = list.update('- first **item**\n- second grows\n- third', false)[0];
    if (oneItem?.type !== 'list' || twoItems?.type !== 'list') throw new Error('a list was expected');
    expect(twoItems.items[0]).toBe(oneItem.items[0]);

    const table = new IncrementalMarkdown();
    const oneRow = table.update('| a | b |\n|---|---|\n| 1 | 2 |\n| 3', false)[0];
    const twoRows = table.update('| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5', false)[0];
    if (oneRow?.type !== 'table' || twoRows?.type !== 'table') throw new Error('a table was expected');
    expect(twoRows.rows[0]).toBe(oneRow.rows[0]);
    expect(twoRows.header).toBe(oneRow.header);

    const code = new IncrementalMarkdown();
    const lines = Array.from({ length: 70 }, (_, index) => `line ${index}\n`).join('');
    const before = code.update(`\`\`\`\n${lines}`, false)[0];
    const after = code.update(`\`\`\`\n${lines}more\n`, false)[0];
    const closed = code.update(`\`\`\`\n${lines}more\n\`\`\`\n\nend`, false)[0];
    if (before?.type !== 'code' || after?.type !== 'code' || closed?.type !== 'code')
      throw new Error('code was expected');
    expect(after.chunks[0]).toBe(before.chunks[0]);
    expect(closed.chunks[0]).toBe(before.chunks[0]);
  });

  it('are read again when a definition arrives below them', () => {
    const markdown = new IncrementalMarkdown();
    const text = 'See [the docs][d].\n\nOther.\n\n';
    const before = markdown.update(text, false);
    const after = markdown.update(`${text}[d]: https://docs.test/\n\nEnd`, false);
    expect(JSON.stringify(before[0])).not.toContain('docs.test');
    expect(JSON.stringify(after[0])).toContain('https://docs.test/');
    expect(after[1]).toBe(before[1]);
  });
});
