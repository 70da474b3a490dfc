import { expect, test } from 'vitest';
import { WorkPace } from '../../../../src/state/documents/work-pace';

const nothing = { bytesToEmbed: 0, bytesToIndex: 0, chunks: 0 };

test('nothing is told before each step that is to come was done once', () => {
  const pace = new WorkPace();
  expect(pace.secondsLeft({ ...nothing, bytesToIndex: 10 })).toBeUndefined();
  pace.noteRead(1000, 4, 2000);
  expect(pace.secondsLeft({ ...nothing, bytesToIndex: 500 })).toBe(1);
  expect(pace.secondsLeft({ ...nothing, bytesToEmbed: 500 })).toBeUndefined();
  expect(pace.secondsLeft({ ...nothing, chunks: 1 })).toBeUndefined();
});

test('reading goes by bytes and vectors by chunks, those of unread files as there were so far', () => {
  const pace = new WorkPace();
  pace.noteRead(1000, 4, 2000);
  pace.noteEmbedded(8, 4000);
  expect(pace.secondsLeft({ ...nothing, chunks: 6 })).toBe(3);
  // 250 bytes are read in half a second and hold one chunk, which takes another half.
  expect(pace.secondsLeft({ ...nothing, bytesToEmbed: 250 })).toBe(1);
  expect(pace.secondsLeft({ bytesToEmbed: 250, bytesToIndex: 500, chunks: 2 })).toBe(3);
  expect(pace.secondsLeft(nothing)).toBe(0);
});
