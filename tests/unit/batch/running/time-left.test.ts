import { expect, it } from 'vitest';
import { timeLeft } from '../../../../src/batch/running/time-left';

const place = (resource: string, limit: number) => ({ resource, group: '', limit });

it('adds up the lanes of a resource, and the slowest resource counts', () => {
  expect(
    timeLeft([
      { place: place('gpu', 1), open: 3, meanMs: 1000 },
      { place: place('gpu', 1), open: 2, meanMs: 4000 },
      { place: place('server', 4), open: 8, meanMs: 2000 },
    ]),
  ).toEqual({ ms: 11_000, isAtLeast: false });
});

it('says that a lane is not known yet, and nothing where none is', () => {
  const unknown = { place: place('b', 1), open: 5, meanMs: undefined };
  expect(timeLeft([{ place: place('a', 2), open: 4, meanMs: 500 }, unknown])).toEqual({
    ms: 1000,
    isAtLeast: true,
  });
  expect(timeLeft([unknown])).toBeUndefined();
  expect(timeLeft([{ ...unknown, open: 0, meanMs: 10 }])).toBeUndefined();
});
