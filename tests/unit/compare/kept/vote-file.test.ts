import { expect, test } from 'vitest';
import { readVoteFile, voteWithNewIds, writeVoteFile } from '../../../../src/compare/kept/vote-file';
import type { Vote } from '../../../../src/core/vote';

const side = (name: string) => ({ modelKey: `b ${name}`, label: name, answerId: `of ${name}`, length: 9 });
const byPerson: Vote = {
  id: 'one',
  comparisonId: 'comparison',
  createdAt: 1,
  prompt: 'Why?',
  left: side('m'),
  right: side('n'),
  outcome: 'both-bad',
  judge: { kind: 'person' },
};
const byModel: Vote = {
  ...byPerson,
  id: 'two',
  outcome: 'tie',
  judge: {
    kind: 'model',
    modelKey: 'b j',
    label: 'J',
    rubric: 'Be fair.',
    verdicts: ['left', 'tie'],
    reason: 'Both say it.',
  },
};

test('votes come back as they were, with their ids', () => {
  expect(readVoteFile(writeVoteFile([byPerson, byModel]))).toEqual([byPerson, byModel]);
});

test('a vote goes over to the comparison and the answers that were imported with it; others stay as they are', () => {
  const renewed = new Map([
    ['comparison', 'comparison here'],
    ['of m', 'of m here'],
  ]);
  expect(voteWithNewIds(byPerson, renewed)).toEqual({
    ...byPerson,
    comparisonId: 'comparison here',
    left: { ...side('m'), answerId: 'of m here' },
  });
});

test.each([
  ['no JSON', '[', 'it is not JSON'],
  ['no list', '{}', 'is not what it should be'],
  ['an outcome that is none', JSON.stringify([{ ...byPerson, outcome: 'won' }]), '0.outcome'],
  ['a length below zero', JSON.stringify([{ ...byPerson, left: { ...side('m'), length: -1 } }]), 'length'],
])('%s is refused', (_, content, why) => {
  expect(() => readVoteFile(content)).toThrow(why);
});
