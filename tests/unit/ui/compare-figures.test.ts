import { expect, test } from 'vitest';
import { figureText } from '../../../src/ui/compare/figures/figure-words';
import { laneStyle } from '../../../src/ui/compare/figures/lane-style';
import { notesOfAll } from '../../../src/ui/compare/figures/note-words';
import { answer } from '../compare/answer';

test('figures as people read them; an estimate is marked', () => {
  expect(figureText('firstToken', { value: 1234 }, 'USD')).toBe('1.23 s');
  expect(figureText('tokensOut', { value: 1234.4, isEstimated: true }, 'USD')).toBe('≈ 1,234.4');
  expect(figureText('cost', { value: 0.000123456 }, 'EUR')).toBe('€0.000123');
  expect(figureText('memory', { value: 1.5e9 }, 'USD')).toBe('1.5 GB');
});

test('what made an answer slower is told, and of several answers, of how many it is true', () => {
  const hidden = answer({ circumstances: { wasHidden: true, sharedWith: ['Lane 2', 'Lane 3'] } });
  expect(notesOfAll([hidden])).toEqual([
    'The tab was hidden for a time: browsers slow it down then.',
    'Shared its machine with Lane 2 and Lane 3.',
  ]);
  expect(notesOfAll([hidden, answer()])[0]).toMatch(/\(1 of 2\)$/);
  expect(notesOfAll([answer()])).toEqual([]);
  const whole = { totalMs: 900, completionTokens: 9, isEstimated: false, arrivedWhole: true } as const;
  expect(notesOfAll([answer({ measurement: whole })])).toEqual([expect.stringMatching(/^Not streamed/)]);
});

test('a server that loads its model while it is asked has that in its time to first token', () => {
  const measurement = { totalMs: 3000, completionTokens: 1, isEstimated: false };
  expect(notesOfAll([answer({ measurement, timings: { loadMs: 2100 } })])).toEqual([
    'Cold start: the server loaded the model for 2.10 s, which is part of the time to first token.',
  ]);
});

test('twelve lanes are drawn in twelve ways', () => {
  const styles = Array.from({ length: 12 }, (_, index) => JSON.stringify(laneStyle(index + 1)));
  expect(new Set(styles).size).toBe(12);
});
