import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThinkSplitter } from '../../../../src/backends/shared/think-tags';

interface Split {
  readonly text: string;
  readonly reasoning: string;
}

function split(pieces: readonly string[], options = {}): Split {
  const splitter = createThinkSplitter(options);
  const deltas = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()];
  const join = (type: string) =>
    deltas
      .filter((delta) => delta.type === type)
      .map(({ text }) => text)
      .join('');
  return { text: join('text-delta'), reasoning: join('reasoning-delta') };
}

const cases: readonly (readonly [string, string, Split])[] = [
  ['a thought', '<think>\nhm\n</think>\n\nYes.', { reasoning: 'hm\n', text: 'Yes.' }],
  ['another tag name', '<reasoning>hm</reasoning>Yes.', { reasoning: 'hm', text: 'Yes.' }],
  ['square brackets', '[THINK]hm[/THINK]Yes.', { reasoning: 'hm', text: 'Yes.' }],
  ['a thought that never closes', '<think>hm', { reasoning: 'hm', text: '' }],
  ['two thoughts', '<think>a</think>B\n<think>c</think>D', { reasoning: 'ac', text: 'B\nD' }],
  ['text about the tag', 'Write <think> first.', { reasoning: '', text: 'Write <think> first.' }],
  ['a tag in code', '```\n<think>\n```\nSo.', { reasoning: '', text: '```\n<think>\n```\nSo.' }],
  ['only the start of a tag', 'a\n<thi', { reasoning: '', text: 'a\n<thi' }],
  [
    'a closing tag of another name',
    '<think>a</reasoning>b</think>C',
    { reasoning: 'a</reasoning>b', text: 'C' },
  ],
  ['no tag, with leading space', ' Paris', { reasoning: '', text: ' Paris' }],
];

describe('createThinkSplitter', () => {
  it.each(cases)('%s, however it is cut', (_name, whole, expected) => {
    expect(split([whole])).toEqual(expected);
    expect(split(Array.from(whole))).toEqual(expected);
    for (let at = 1; at < whole.length; at++) {
      expect(split([whole.slice(0, at), whole.slice(at)]), `cut at ${at}`).toEqual(expected);
    }
  });

  it('starts inside a thought that the chat template has opened', () => {
    const options = { startsInside: true };
    expect(split(['hm</th', 'ink>\n', 'Yes.'], options)).toEqual({ reasoning: 'hm', text: 'Yes.' });
    expect(split(['hm'], options)).toEqual({ reasoning: 'hm', text: '' });
  });

  it('loses no character of a text without tags', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('<', 't', 'h', 'i', 'n', 'k', '\n', '[', ' ') })),
        (pieces) => {
          const whole = pieces.join('');
          fc.pre(!whole.includes('<think>'));
          expect(split(pieces)).toEqual({ text: whole, reasoning: '' });
        },
      ),
    );
  });
});
