/** Data sets as people paste and save them: what is read, and what is refused with its line. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../src/batch/data-set/decode-text';
import { guessFormat, readDataSet } from '../../../../src/batch/data-set/read-data-set';

const linesOf = (read: ReturnType<typeof readDataSet>): number[] =>
  'problems' in read ? read.problems.map(({ line }) => line) : [];

describe('CSV', () => {
  it('reads quotes, commas and line ends inside fields', () => {
    const text = 'question,answer\r\n"What, exactly,\nis ""it""?",4\r\n plain ,\r\n';
    expect(readDataSet(text, 'csv')).toEqual({
      data: {
        columns: ['question', 'answer'],
        items: [
          { question: 'What, exactly,\nis "it"?', answer: '4' },
          { question: ' plain ', answer: '' },
        ],
      },
    });
  });

  it.each([';', '\t'])('takes %j between the fields too', (separator) => {
    const text = ['a', 'b'].join(separator) + '\n' + ['1', '2'].join(separator);
    expect(readDataSet(text, 'csv')).toMatchObject({ data: { items: [{ a: '1', b: '2' }] } });
  });

  it('skips a byte order mark and empty lines', () => {
    expect(readDataSet('\uFEFFa,b\n\n1,2\n\n', 'csv')).toMatchObject({
      data: { columns: ['a', 'b'], items: [{ a: '1', b: '2' }] },
    });
  });

  it('refuses ragged rows with the lines of the text, not the numbers of the rows', () => {
    const read = readDataSet('a,b\n"two\nlines",x\n1\n1,2,3\n5,6\n', 'csv');
    expect(linesOf(read)).toEqual([4, 5]);
    expect(read).toMatchObject({
      problems: [{ message: '1 field, where the first line names 2 columns.' }, {}],
    });
  });

  it('refuses columns without a name and names that stand twice', () => {
    expect(readDataSet('a,,a\n1,2,3', 'csv')).toEqual({
      problems: [
        { line: 1, message: 'Column 2 has no name.' },
        { line: 1, message: 'The column “a” stands twice.' },
      ],
    });
  });

  it('refuses a quote that is never closed', () => {
    expect(linesOf(readDataSet('a,b\n1,2\n"open,3\n4,5', 'csv'))).toContain(3);
  });

  it.each(['', '\n\n', 'a,b\n'])('refuses %j, which has no item', (text) => {
    expect('problems' in readDataSet(text, 'csv')).toBe(true);
  });

  it('gives back what was written, whatever it was', () => {
    const field = fc.string().filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (rows) => {
        const items = rows.map(([a, b]) => ({ a, b }));
        const read = readDataSet(Papa.unparse(items, { quotes: true, newline: '\n' }), 'csv');
        expect(read).toEqual({ data: { columns: ['a', 'b'], items } });
      }),
    );
  });
});

describe('JSON Lines', () => {
  it('reads objects; what is no text becomes JSON', () => {
    expect(readDataSet('{"q":"x","n":4,"list":[1]}\n\n{"q":"y","n":null,"list":[]}\n', 'jsonl')).toEqual({
      data: {
        columns: ['q', 'n', 'list'],
        items: [
          { q: 'x', n: '4', list: '[1]' },
          { q: 'y', n: 'null', list: '[]' },
        ],
      },
    });
  });

  it('names every line that cannot be used, in their order', () => {
    const read = readDataSet('{"a":1}\n{"a":\n[1]\n"text"\n{"b":2}\n{}', 'jsonl');
    expect(linesOf(read)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(read).toMatchObject({
      problems: [{ message: /no “b”/ }, { message: /not JSON/ }, {}, {}, {}, {}],
    });
  });
});

it('a list has an item on each line that is not blank', () => {
  expect(readDataSet('one, two\r\n\r\n  three\n', 'list')).toEqual({
    data: { columns: ['text'], items: [{ text: 'one, two' }, { text: '  three' }] },
  });
});

it.each([
  ['a,b\n1,2', '', 'csv'],
  ['question;answer\nx;y', '', 'csv'],
  ['{"a":1}', '', 'jsonl'],
  ['Why is the sky blue?\nWho are you?', '', 'list'],
  ['Hello, you.\nHello, me.', '', 'list'],
  ['one column\nwithout separators', 'x.csv', 'csv'],
  ['a,b\n1,2', 'notes.txt', 'list'],
  ['{"a":1}', 'data.jsonl', 'jsonl'],
])('takes %j in a file %j for %s', (text, name, format) => {
  expect(guessFormat(text, name)).toBe(format);
});

describe('bytes', () => {
  it('are UTF-8, or UTF-16 with a mark', () => {
    expect(decodeText(new TextEncoder().encode('grün'))).toEqual({ text: 'grün' });
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x67, 0, 0xfc, 0]))).toEqual({ text: 'gü' });
  });

  it('of another encoding are refused with the line', () => {
    const latin = Uint8Array.from('ok\ngr\u00fcn\n', (letter) => letter.charCodeAt(0));
    expect(decodeText(latin)).toMatchObject({ problems: [{ line: 2, message: /not UTF-8/ }] });
  });
});
