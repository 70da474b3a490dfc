import { expect, test } from 'vitest';
import { formatBytes, formatMs, formatPercent, formatRate } from '../../../src/ui/shared/format';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 KB'],
  [98_362_432, '98 MB'],
  [4_200_000_000, '4.2 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [3.4, '3 ms'],
  [1234, '1.23 s'],
  [61_000, '61.0 s'],
])('%f ms are %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

test.each([
  [0, '0.0 %'],
  [0.00001, '< 0.1 %'],
  [0.0312, '3.1 %'],
  [0.254, '25 %'],
  [0.975, '97.5 %'],
  [0.99999, '> 99.9 %'],
])('a share of %f is %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

test('slow rates keep a decimal', () => {
  expect([formatRate(3.14), formatRate(42.4)]).toEqual(['3.1', '42']);
});
