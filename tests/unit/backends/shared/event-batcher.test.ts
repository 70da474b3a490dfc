import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../../../src/backends/shared/engine';
import { createEventBatcher } from '../../../../src/backends/shared/event-batcher';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const delta = (text: string): EngineEvent => ({ type: 'text-delta', text });

it('sends the first event at once, joins fast ones, and never holds back a slow one', () => {
  const sent: EngineEvent[][] = [];
  const batcher = createEventBatcher((events) => sent.push([...events]));
  batcher.push(delta('1'));
  expect(sent).toEqual([[delta('1')]]);
  batcher.push(delta('2'));
  batcher.push(delta('3'));
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(8);
  expect(sent[1]).toEqual([delta('23')]);
  vi.advanceTimersByTime(50);
  batcher.push(delta('4'));
  expect(sent[2]).toEqual([delta('4')]);
});

it('joins texts of one kind that stand side by side, and nothing across another event', () => {
  const sent: EngineEvent[][] = [];
  const batcher = createEventBatcher((events) => sent.push([...events]));
  const thought = (text: string): EngineEvent => ({ type: 'reasoning-delta', text });
  const odds: EngineEvent = { type: 'token-probabilities', tokens: [] };
  const end: EngineEvent = { type: 'stream-end', reason: 'stop' };
  batcher.push(thought('a'));
  for (const event of [thought('b'), thought('c'), delta('1'), delta('2'), odds, delta('3'), end]) {
    batcher.push(event);
  }
  batcher.flush();
  expect(sent[1]).toEqual([thought('bc'), delta('12'), odds, delta('3'), end]);
});

it('sends what is held at the end, once', () => {
  const sent: EngineEvent[][] = [];
  const batcher = createEventBatcher((events) => sent.push([...events]));
  batcher.push(delta('1'));
  batcher.push(delta('2'));
  batcher.flush();
  batcher.flush();
  vi.advanceTimersByTime(50);
  expect(sent).toEqual([[delta('1')], [delta('2')]]);
});

it('does not make the first token wait behind the start', () => {
  const sent: EngineEvent[][] = [];
  const start: EngineEvent = { type: 'stream-start', modelId: 'm', effects: [] };
  const batcher = createEventBatcher((events) => sent.push([...events]));
  batcher.push(start);
  batcher.push(delta('1'));
  batcher.push(delta('2'));
  expect(sent).toEqual([[start], [delta('1')]]);
});
