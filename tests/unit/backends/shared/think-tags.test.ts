import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThinkSplitter } from '../../../../src/backends/shared/think-tags';

interface Split {
  readonly text: string;
  readonly reasoning: string;
}

function split(pieces: readonly string[]): Split {
  const splitter = createThinkSplitter();
  const deltas = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()];
  let text = '';
  let reasoning = '';
  for (const delta of deltas) {
    if (delta.type === 'text-reset') text = '';
    else if (delta.type === 'text-delta') text += delta.text;
    else reasoning += delta.text;
  }
  return { text, reasoning };
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
  ['a thought that the chat template opened', 'hm\n</think>\n\nYes.', { reasoning: 'hm\n', text: 'Yes.' }],
  ['an empty thought that it opened', '</think>\n\nYes.', { reasoning: '', text: 'Yes.' }],
  [
    'only the first thought may have been opened there',
    'a\n</think>B\n</think>C',
    { reasoning: 'a\n', text: 'B\n</think>C' },
  ],
  [
    'a closing tag in a sentence',
    'It ends with </think>.',
    { reasoning: '', text: 'It ends with </think>.' },
  ],
  ['a closing tag in code', '```\n</think>\n```', { reasoning: '', text: '```\n</think>\n```' }],
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

  it('says why text is taken back', () => {
    const splitter = createThinkSplitter();
    splitter.push('hm\n');
    expect(splitter.push('</think>\n\nYes.')).toEqual([
      { type: 'text-reset', reason: expect.stringContaining('</think>') as string },
      { type: 'reasoning-delta', text: 'hm\n' },
      { type: 'text-delta', text: 'Yes.' },
    ]);
  });

  it('loses no character of a text without tags', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('<', '/', 't', 'h', 'i', 'n', 'k', '\n', '[', ' ') })),
        (pieces) => {
          const whole = pieces.join('');
          fc.pre(!/<\/?think>/.test(whole));
          expect(split(pieces)).toEqual({ text: whole, reasoning: '' });
        },
      ),
    );
  });
});
