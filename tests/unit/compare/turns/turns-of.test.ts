import { expect, test } from 'vitest';
import type { StoredMessage } from '../../../../src/core/conversation';
import { turnsOf } from '../../../../src/compare/turns/turns-of';
import { answer } from '../answer';

const question = (id: string, text: string, createdAt: number): StoredMessage => ({
  id,
  conversationId: 'c',
  parentId: null,
  position: 0,
  createdAt,
  role: 'user',
  text,
});
const lane = (laneId: string, ...branch: StoredMessage[]) => ({ laneId, branch });
const told = (turns: ReturnType<typeof turnsOf>) =>
  turns.map(({ prompt, answers }) => [prompt, [...answers].map(([id, { text }]) => `${id}: ${text}`)]);

test('lanes that got the same at the same moment share a turn, whatever was asked of one alone in between', () => {
  const turns = turnsOf([
    lane(
      'a',
      question('1', 'Hi', 1000),
      answer({ text: 'A1' }),
      question('2', 'Bye', 90_000),
      answer({ text: 'A2' }),
    ),
    lane(
      'b',
      question('3', 'Hi', 1004),
      answer({ text: 'B1' }),
      question('4', 'Only you', 50_000),
      answer({ text: 'B2' }),
      question('5', 'Bye', 90_003),
      answer({ text: 'B3' }),
    ),
  ]);
  expect(told(turns)).toEqual([
    ['Hi', ['a: A1', 'b: B1']],
    ['Only you', ['b: B2']],
    ['Bye', ['a: A2', 'b: B3']],
  ]);
});

test('the same text typed again later is another turn, also in one lane within a moment', () => {
  const turns = turnsOf([
    lane(
      'a',
      question('1', 'Hi', 1000),
      answer({ text: 'A1' }),
      question('2', 'Hi', 1100),
      answer({ text: 'A2' }),
    ),
    lane('b', question('3', 'Hi', 9000), answer({ text: 'B1' })),
  ]);
  expect(told(turns)).toEqual([
    ['Hi', ['a: A1']],
    ['Hi', ['a: A2']],
    ['Hi', ['b: B1']],
  ]);
});

test('of rounds of tools the last answer counts, and a question without any is no turn', () => {
  const result: StoredMessage = {
    ...question('r', '42', 1001),
    role: 'tool',
    toolCallId: 'x',
    toolName: 'calculator',
    answeredBy: 'built-in',
  };
  const turns = turnsOf([
    lane('a', question('1', 'Hi', 1000), answer({ text: '' }), result, answer({ text: 'It is 42.' })),
    lane('b', question('2', 'Hi', 1002)),
  ]);
  expect(told(turns)).toEqual([['Hi', ['a: It is 42.']]]);
});

test('the answers of a turn stand in the order of the lanes, not in that of the clock', () => {
  const [turn] = turnsOf([
    lane('a', question('1', 'Hi', 1003), answer()),
    lane('b', question('2', 'Hi', 1000), answer()),
  ]);
  expect([...(turn?.answers.keys() ?? [])]).toEqual(['a', 'b']);
});
