import { expect, test } from 'vitest';
import { memorySize } from '../../../../src/models/fit/memory-size';

test('a rounded size is called so, and one at the cap may be larger', () => {
  const gibibyte = 1024 ** 3;
  expect(memorySize(0.5 * gibibyte)).toBe('about 0.5 GB');
  expect(memorySize(4 * gibibyte)).toBe('about 4 GB');
  expect(memorySize(8 * gibibyte)).toBe('8 GB or more');
  expect(memorySize(32 * gibibyte)).toBe('32 GB or more');
});
