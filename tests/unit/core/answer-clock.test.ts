/** The times of an answer whose connection broke, or whose page was loaded again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnswerClock } from '../../../src/core/answer-clock';

const now = () => performance.now();
const pass = (ms: number) => vi.advanceTimersByTime(ms);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

describe('AnswerClock', () => {
  it('measures first token, decoding and total from the request on', () => {
    const clock = new AnswerClock(now);
    pass(5000);
    clock.requested();
    pass(200);
    clock.tokenArrived();
    pass(800);
    clock.tokenArrived();
    clock.finished();
    pass(5000);
    expect(clock.measured).toEqual({ totalMs: 1000, firstTokenMs: 200, decodeMs: 800 });
  });

  it('keeps the first token of before a gap, says the gap, and claims no decoding', () => {
    const clock = new AnswerClock(now);
    clock.requested();
    pass(200);
    clock.tokenArrived();
    pass(100);
    clock.lost();
    pass(300);
    clock.lost();
    pass(400);
    clock.back();
    pass(100);
    clock.finished();
    expect(clock.measured).toEqual({ totalMs: 1100, firstTokenMs: 200, gapMs: 700 });
  });

  it('claims no first token that came in a gap or after one', () => {
    const clock = new AnswerClock(now);
    clock.requested();
    clock.lost();
    pass(300);
    clock.tokenArrived();
    clock.back();
    clock.tokenArrived();
    clock.finished();
    expect(clock.measured).toEqual({ totalMs: 300, gapMs: 300 });
  });

  it('adds up gaps, and counts one that lasts to the end', () => {
    const clock = new AnswerClock(now);
    clock.requested();
    for (let time = 0; time < 2; time++) {
      clock.lost();
      pass(50);
      clock.back();
      pass(50);
    }
    clock.lost();
    pass(100);
    clock.finished();
    expect(clock.measured).toEqual({ totalMs: 300, gapMs: 200 });
  });

  it('goes on in a page that was loaded again: the gap began at the last note', () => {
    const before = new AnswerClock(now);
    before.requested();
    pass(200);
    before.tokenArrived();
    pass(800);
    const { times } = before;
    pass(2000);
    // Another page has a clock that began at another time.
    const after = new AnswerClock(() => performance.now() - 12_345, times);
    after.requested();
    after.tokenArrived();
    pass(500);
    after.back();
    pass(1500);
    after.finished();
    expect(after.measured).toEqual({ totalMs: 5000, firstTokenMs: 200, gapMs: 2500 });
  });

  it('has no negative times where the clock of the computer was set back', () => {
    const before = new AnswerClock(now);
    before.requested();
    const { times } = before;
    vi.setSystemTime(Date.now() - 60_000);
    const after = new AnswerClock(now, times);
    pass(10);
    after.finished();
    expect(after.measured).toEqual({ totalMs: 10, gapMs: 10 });
  });
});
