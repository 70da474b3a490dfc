import { expect, it } from 'vitest';
import { retryAfterMs } from '../../../../src/backends/shared/retry-after';

it.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['1.5', 1500],
  [' 120 ', 120_000],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 50_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
])('%j at ten seconds past the epoch is %j', (header, expected) => {
  expect(retryAfterMs(header, 10_000)).toBe(expected);
});
