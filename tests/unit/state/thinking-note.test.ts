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

test('nothing is said where nothing is set or nothing is known', () => {
  expect(thinkingNote(undefined, gptOss)).toBeUndefined();
  expect(thinkingNote('high', { name: 'x', thinks: undefined, control: undefined })).toBeUndefined();
});

test('a model that does not think is named whatever is set', () => {
  expect(thinkingNote(undefined, { name: 'smol', thinks: false, control: 'switch' })).toContain(
    'smol does not think',
  );
});
