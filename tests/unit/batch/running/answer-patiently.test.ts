/** Waits that a server asked for, over a clock that the test moves. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerPatiently } from '../../../../src/batch/running/answer-patiently';
import { openGate } from '../../../../src/batch/running/gate';
import type { CellResult } from '../../../../src/core/batch';
import { cellResult } from '../batch-run';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;
const limited = (cell: number, retryAfterMs?: number): CellResult =>
  cellResult(cell, {
    state: 'failed',
    error: { code: 'rate-limited', message: 'slow down', detail: { retryAfterMs } },
  });

it('comes again after the time that the server named, and not before', async () => {
  const times: number[] = [];
  const begun = Date.now();
  const answer = answerPatiently(3, openGate(), {
    stop: never,
    pause: never,
    async attempt(cell, attempt) {
      times.push(Date.now() - begun);
      return attempt < 3 ? limited(cell, 5000) : cellResult(cell, { attempts: attempt });
    },
  });
  await vi.runAllTimersAsync();
  expect(await answer).toMatchObject({ state: 'done', attempts: 3 });
  expect(times).toEqual([0, 5000, 10_000]);
});

it('holds back all that goes through the same gate', async () => {
  const gate = openGate();
  const begun = Date.now();
  const times: number[] = [];
  const work = { stop: never, pause: never };
  const first = answerPatiently(0, gate, {
    ...work,
    attempt: async (cell, attempt) => (attempt === 1 ? limited(cell, 8000) : cellResult(cell)),
  });
  await vi.advanceTimersByTimeAsync(1);
  const second = answerPatiently(1, gate, {
    ...work,
    attempt: async (cell) => (times.push(Date.now() - begun), cellResult(cell)),
  });
  await vi.runAllTimersAsync();
  await Promise.all([first, second]);
  expect(times).toEqual([8000]);
});

it('gives up after a few attempts, at once where the server wants more than minutes, and for other failures', async () => {
  const attempts = async (result: CellResult): Promise<number> => {
    let count = 0;
    const answer = answerPatiently(0, openGate(), {
      stop: never,
      pause: never,
      attempt: async () => (count++, result),
    });
    await vi.runAllTimersAsync();
    expect(await answer).toBe(result);
    return count;
  };
  expect(await attempts(limited(0))).toBe(5);
  expect(await attempts(limited(0, 3_600_000))).toBe(1);
  const broken = cellResult(0, {
    state: 'failed',
    error: { code: 'server-failed', message: '', detail: {} },
  });
  expect(await attempts(broken)).toBe(1);
});

it.each(['stop', 'pause'] as const)('lets a %s end the wait, and the cell stays open', async (which) => {
  const ending = new AbortController();
  const answer = answerPatiently(0, openGate(), {
    stop: never,
    pause: never,
    [which]: ending.signal,
    attempt: async (cell) => limited(cell, 60_000),
  });
  await vi.advanceTimersByTimeAsync(10);
  ending.abort();
  expect(await answer).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});
