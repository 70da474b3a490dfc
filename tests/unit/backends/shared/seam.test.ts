/** Where two texts join: what the second repeats of the first is left out, and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeam, withoutOverlap } from '../../../../src/backends/shared/seam';

const cases: readonly (readonly [string, string, string, string])[] = [
  ['the last words', 'The capital of France', 'capital of France is Paris.', ' is Paris.'],
  ['the whole text', 'Once upon a time', 'Once upon a time there was', ' there was'],
  ['only the last word', 'The capital of Fr', 'France is Paris.', 'ance is Paris.'],
  ['in quotation marks', 'The capital of France', '“the… no', '“the… no'],
  ['opened by a quotation mark', 'It rains in the capital', '“rains in the capital of Peru', ' of Peru'],
  ['opened by dots', 'It rains in the capital', '… rains in the capital of Peru', ' of Peru'],
  ['nothing', 'The capital of ', 'France', 'France'],
  ['one letter by chance', 'I like bo', 'ok', 'ok'],
  ['a new sentence', 'It rains.', 'It pours.', ' It pours.'],
  ['over a gap', 'One line\n\n', 'One line\n\nAnother', 'Another'],
  ['after a gap', 'A list:\n', '\n- one', '- one'],
];

test.for(cases)('%s', ([, before, after, expected]) => {
  expect(withoutOverlap(before, after)).toBe(expected);
});

const words = fc
  .array(fc.stringMatching(/^[a-zäß]{1,9}$/u), { minLength: 4, maxLength: 30 })
  .map((list) => list.map((word, at) => `${word}${at}`).join(' '));

describe('any text', () => {
  test('that is cut, taken up by its last words and sent in pieces joins without a loss', () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (whole, cut, back, size) => {
        const before = whole.slice(0, 20 + (cut % Math.max(1, whole.length - 20)));
        const starts = [...before.matchAll(/\S+/g)].map(({ index }) => index);
        const repeatedFrom = starts[back % starts.length] ?? 0;
        fc.pre(before.length - repeatedFrom >= 12);
        const after = whole.slice(repeatedFrom);
        const seam = createSeam(before);
        let joined = before;
        for (let at = 0; at < after.length; at += size) joined += seam.push(after.slice(at, at + size));
        expect(joined + seam.finish()).toBe(whole);
      }),
    );
  });

  test('streams on once it is past the seam', () => {
    const seam = createSeam('It rains in the capital');
    expect(seam.push('rains in the')).toBe('');
    expect(seam.push(' capital of')).toBe(' of');
    expect(seam.push(' the capital')).toBe(' the capital');
    expect(seam.finish()).toBe('');
  });
});
