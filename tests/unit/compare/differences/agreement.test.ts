import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementOf } from '../../../../src/compare/differences/agreement';
import { saidNumbers } from '../../../../src/compare/differences/said-numbers';
import { saidSentences } from '../../../../src/compare/differences/said-sentences';

test('sentences are the same in other marks and letters, and stand with all who say them', () => {
  const found = agreementOf(
    [
      'Paris is the capital. It is large.',
      '- **Paris** is the capital!\n- It rains.',
      'PARIS IS THE CAPITAL',
    ].map(saidSentences),
  );
  expect(found).toEqual([
    { text: 'Paris is the capital.', saidBy: [0, 1, 2] },
    { text: 'It is large.', saidBy: [0] },
    { text: 'It rains.', saidBy: [1] },
  ]);
});

test('headings and items are sentences of their own, rules and empty lines none', () => {
  expect(saidSentences('# Title\n\n1. First item\n2. Second item\n---').map(({ text }) => text)).toEqual([
    'Title',
    'First item',
    'Second item',
  ]);
});

test('a sentence said twice by one is said by one', () => {
  expect(agreementOf([saidSentences('Yes. Yes.')])).toEqual([{ text: 'Yes.', saidBy: [0] }]);
});

test.each([
  ['About 1,000 people', ['1000']],
  ['1000.0 and 1000', ['1000', '1000']],
  ['It fell by -3.5 degrees, or −3.5.', ['-3.5', '-3.5']],
  ['12% of 12', ['12%', '12']],
  ['On 2024-05-03', ['2024', '5', '3']],
  ['Qwen3 and gpt4o', []],
  ['1. First\n2. Second of 7', ['7']],
  ['1,2 and 3', ['1', '2', '3']],
])('numbers of “%s”', (text, expected) => {
  expect(saidNumbers(text).map(({ key }) => key)).toEqual(expected);
});

test('everything that is said is listed once, with exactly those who say it', () => {
  const words = fc.array(fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd')), { maxLength: 6 });
  fc.assert(
    fc.property(words, (answers) => {
      const found = agreementOf(answers.map((said) => said.map((key) => ({ key, text: key }))));
      expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
      for (const { text, saidBy } of found) {
        expect(saidBy).toEqual(answers.flatMap((said, place) => (said.includes(text) ? [place] : [])));
      }
      expect(found.length).toBe(new Set(answers.flat()).size);
    }),
  );
});
