import fc from 'fast-check';
import { expect, test } from 'vitest';
import { englishStem } from '../../../../src/documents/keywords/english-stem';

// Examples of the paper, rule by rule, as they end up after all of them.
test.each([
  ['caresses', 'caress'],
  ['ponies', 'poni'],
  ['cats', 'cat'],
  ['feed', 'feed'],
  ['agreed', 'agre'],
  ['plastered', 'plaster'],
  ['motoring', 'motor'],
  ['sing', 'sing'],
  ['conflated', 'conflat'],
  ['hopping', 'hop'],
  ['falling', 'fall'],
  ['filing', 'file'],
  ['happy', 'happi'],
  ['sky', 'sky'],
  ['relational', 'relat'],
  ['conditional', 'condit'],
  ['rational', 'ration'],
  ['generalizations', 'gener'],
  ['oscillators', 'oscil'],
  ['adoption', 'adopt'],
  ['discussion', 'discuss'],
  ['electrical', 'electr'],
  ['adjustment', 'adjust'],
  ['replacement', 'replac'],
  ['probate', 'probat'],
  ['rate', 'rate'],
  ['cease', 'ceas'],
  ['controll', 'control'],
  ['roll', 'roll'],
])('%s → %s', (word, stem) => {
  expect(englishStem(word)).toBe(stem);
});

test.each([
  ['solution', 'solutions'],
  ['connect', 'connected', 'connecting', 'connection', 'connections'],
  ['assembly', 'assemblies'],
  ['pressure', 'pressures'],
])('%s is found by its other forms', (word, ...forms) => {
  for (const form of forms) expect(englishStem(form)).toBe(englishStem(word));
});

test('any word has a stem, none longer than itself by more than a letter', () => {
  fc.assert(
    fc.property(
      fc.string({
        minLength: 1,
        unit: fc.constantFrom('a', 'e', 'i', 'o', 'y', 'b', 'l', 's', 't', 'n', 'g', 'd'),
      }),
      (word) => {
        const stem = englishStem(word);
        expect(stem).not.toBe('');
        expect(stem.length).toBeLessThanOrEqual(word.length + 1);
      },
    ),
  );
});
