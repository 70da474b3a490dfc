/** The order of measuring: nobody always comes first, or always after the same one. */
import { expect, it } from 'vitest';
import { inTurns } from '../../../bench/shared/in-turns.mjs';

it('goes forwards and backwards by turns', () => {
  const subjects = ['ours', 'theirs', 'plain'];
  expect(inTurns(subjects, 0)).toEqual(['ours', 'theirs', 'plain']);
  expect(inTurns(subjects, 1)).toEqual(['plain', 'theirs', 'ours']);
  expect(inTurns(subjects, 2)).toEqual(['ours', 'theirs', 'plain']);
  expect(subjects).toEqual(['ours', 'theirs', 'plain']);
});
