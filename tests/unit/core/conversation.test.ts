import { describe, expect, test } from 'vitest';
import {
  type AnswerMessage,
  branchTo,
  mergeMessages,
  newestLeafBelow,
  type StoredMessage,
  variantsById,
} from '../../../src/core/conversation';

function user(id: string, parentId: string | null, position: number): StoredMessage {
  return { id, parentId, position, conversationId: 'c', createdAt: 0, role: 'user', text: id };
}

function answer(
  id: string,
  parentId: string,
  position: number,
  state: AnswerMessage['state'] = 'done',
): AnswerMessage {
  return {
    ...user(id, parentId, position),
    role: 'assistant',
    state,
    reasoning: '',
    backendId: 'b',
    backendLabel: 'B',
    modelId: 'm',
    modelLabel: 'M',
  };
}

const q1 = user('q1', null, 0);
const a1 = answer('a1', 'q1', 1);
const a1b = answer('a1b', 'q1', 2);
const q2 = user('q2', 'a1', 3);
const a2 = answer('a2', 'q2', 4);
const all = [q1, a1, a1b, q2, a2];
const ids = (messages: readonly StoredMessage[]): string[] => messages.map(({ id }) => id);

describe('branchTo', () => {
  test('follows parents from the leaf', () => {
    expect(ids(branchTo(all, 'a2'))).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(ids(branchTo(all, 'a1b'))).toEqual(['q1', 'a1b']);
  });

  test('an unknown leaf is an empty branch', () => {
    expect(branchTo(all, 'gone')).toEqual([]);
    expect(branchTo(all, undefined)).toEqual([]);
  });
});

test('variants are siblings of the same role in order of creation', () => {
  const variants = variantsById([...all].reverse());
  expect(ids(variants.get('a1') ?? [])).toEqual(['a1', 'a1b']);
  expect(ids(variants.get('a1b') ?? [])).toEqual(['a1', 'a1b']);
  expect(ids(variants.get('q2') ?? [])).toEqual(['q2']);
});

test('choosing a variant lands on its newest leaf', () => {
  expect(newestLeafBelow(all, 'a1')).toBe('a2');
  expect(newestLeafBelow(all, 'a1b')).toBe('a1b');
});

describe('mergeMessages', () => {
  test('stored rows win over what this tab holds', () => {
    const changed = { ...a1, text: 'changed elsewhere' };
    expect(mergeMessages([q1, changed], [q1, a1], undefined)[1]).toBe(changed);
  });

  test('a running answer of this tab wins, and so does a finished one over a row that still runs', () => {
    const running = answer('a1', 'q1', 1, 'waiting');
    expect(mergeMessages([running], [a1], undefined)[0]).toBe(a1);
    expect(mergeMessages([a1], [running], 'a1')[0]).toBe(running);
  });

  test('what could not be saved stays, in order', () => {
    expect(ids(mergeMessages([q1, a2], [q2, a1], undefined))).toEqual(['q1', 'a1', 'q2', 'a2']);
  });
});
