import { expect, test } from 'vitest';
import type { RepeatedRun } from '../../../src/compare/manifest/repeated-run';
import { repeatedRunWords } from '../../../src/ui/shared/repeated-run-words';

const same: RepeatedRun = {
  seed: 'sent',
  difference: undefined,
  isInThoughts: false,
  changed: [],
  areWhole: true,
};
const difference = { word: 3, before: 'One two ', first: 'three', second: '' };
const words = (change: Partial<RepeatedRun>) => repeatedRunWords({ ...same, ...change }).join(' ');

test('identical, or where it parts and how each goes on', () => {
  expect(words({})).toBe('Identical to the last character.');
  expect(words({ difference })).toContain(
    'It differs from word 3 on: after “…One two” the first goes on with “three…”, the second with nothing more.',
  );
  expect(words({ difference, isInThoughts: true })).toContain('The text is the same, the thoughts differ');
  expect(words({ areWhole: false })).toContain('not written to its end');
});

test('a backend that ignores seeds is told of also where the same came by chance', () => {
  expect(words({ seed: 'ignored' })).toContain('ignores seeds');
  expect(words({ seed: 'none', difference })).toContain('No seed was set');
  expect(words({ seed: 'none' })).not.toContain('seed');
});

test('another version, other weights or another template are named', () => {
  expect(words({ changed: ['version', 'weights'] })).toContain(
    'Not the same any more: version of the engine and weights.',
  );
});
