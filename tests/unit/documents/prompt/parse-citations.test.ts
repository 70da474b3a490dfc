import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citedNumbers, parseCitations } from '../../../../src/documents/prompt/parse-citations';

const numbers = (text: string, count = 9): number[] =>
  parseCitations(text, count).flatMap((part) => (typeof part === 'string' ? [] : part.cites));

describe('citations in a run of text', () => {
  test.each([
    ['So it is [1].', ['So it is ', { cites: 1 }, '.']],
    ['So it is [1, 2].', ['So it is ', { cites: 1 }, { cites: 2 }, '.']],
    ['So it is [1][3]', ['So it is ', { cites: 1 }, { cites: 3 }]],
    ['[2-4] say so', [{ cites: 2 }, { cites: 3 }, { cites: 4 }, ' say so']],
    ['[Passage 2] says so', [{ cites: 2 }, ' says so']],
    ['【3】', [{ cites: 3 }]],
  ])('%s', (text, parts) => {
    expect(parseCitations(text, 9)).toEqual(parts);
  });

  test('a number without a passage stays plain text', () => {
    expect(parseCitations('In [12] and [0] and a[i] and [1999]', 3)).toEqual([
      'In [12] and [0] and a[i] and [1999]',
    ]);
    expect(parseCitations('Both [1, 12].', 3)).toEqual(['Both ', { cites: 1 }, '[12]', '.']);
  });

  test('what is not closed yet is text, as while it streams', () => {
    expect(parseCitations('So it is [1', 3)).toEqual(['So it is [1']);
    expect(parseCitations('', 3)).toEqual(['']);
  });

  test('the text around citations is never changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('[1]', '[2]', '[7]', '[', ']', '1', ' '), fc.string()), {
          maxLength: 20,
        }),
        (pieces) => {
          const text = pieces.join('');
          // Written back in the plain form, only spelling inside of brackets can differ.
          const shown = parseCitations(text, 2)
            .map((part) => (typeof part === 'string' ? part : `[${part.cites}]`))
            .join('');
          const bare = (one: string): string => one.replaceAll(/[[\]【】\d,;–\-\s]|and|passages?/gi, '');
          expect(bare(shown)).toBe(bare(text));
          expect(numbers(text, 2).every((number) => number === 1 || number === 2)).toBe(true);
        },
      ),
    );
  });
});

describe('what an answer cites', () => {
  test('each passage once, in the order of the text', () => {
    expect(citedNumbers('First [3], then [1] and again [3].', 3)).toEqual([3, 1]);
  });

  test('not what stands in code', () => {
    const answer = 'Take `list[1]` or ``a`[2]`` [3].\n\n```js\nrow[1]\n```\n\n~~~\nrow[2]\n~~~\nDone.';
    expect(citedNumbers(answer, 3)).toEqual([3]);
    expect(citedNumbers('See [1]:\n\n```\nopen [2]', 3)).toEqual([1]);
  });
});
