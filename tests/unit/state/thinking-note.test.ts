import { expect, test } from 'vitest';
import { thinkingNote } from '../../../src/state/thinking-note';

const gptOss = { name: 'gpt-oss:20b', thinks: true, control: 'degrees' } as const;
const qwen = { name: 'qwen3:4b', thinks: true, control: 'switch' } as const;

test('on and off for a model of degrees is marked before it is sent, and a degree for the others', () => {
  expect(thinkingNote(false, gptOss)).toContain('always thinks');
  expect(thinkingNote(true, gptOss)).toContain('ignored');
  expect(thinkingNote('high', gptOss)).toBeUndefined();
  expect(thinkingNote('high', qwen)).toContain('sent as on');
  expect(thinkingNote(true, qwen)).toBeUndefined();
});

test('nothing is said where nothing is set, or the model thinks', () => {
  expect(thinkingNote(undefined, gptOss)).toBeUndefined();
  const unknown = { name: 'x', thinks: undefined, control: undefined };
  expect(thinkingNote(undefined, unknown)).toBeUndefined();
  expect(thinkingNote(true, { ...unknown, thinks: true })).toBeUndefined();
});

test('where nobody knows, that is said once it is set', () => {
  const note = thinkingNote(true, { name: 'x', thinks: undefined, control: undefined });
  expect(note).toContain('Whether x can be asked to think is not known');
});

test('a template without a place for it is told whatever is set', () => {
  const smol = { name: 'smol', thinks: undefined, control: 'none' } as const;
  for (const thinking of [undefined, true, 'low'] as const) {
    expect(thinkingNote(thinking, smol)).toContain('smol cannot be asked to think or not: this is ignored');
  }
});

test('a model that does not think is named whatever is set', () => {
  expect(thinkingNote(undefined, { name: 'smol', thinks: false, control: 'switch' })).toContain(
    'smol does not think',
  );
});
