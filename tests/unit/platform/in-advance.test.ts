import { expect, test } from 'vitest';
import { inAdvance } from '../../../src/platform/in-advance';

test('results come in order, and no more than so many are begun ahead', async () => {
  const begun: number[] = [];
  const work = async (item: number): Promise<number> => {
    begun.push(item);
    await Promise.resolve();
    return item * 10;
  };
  const used: [number, number, number][] = [];
  for (const [item, result] of inAdvance([1, 2, 3, 4, 5], work, 2))
    used.push([item, await result, begun.length]);
  expect(used).toEqual([
    [1, 10, 2],
    [2, 20, 3],
    [3, 30, 4],
    [4, 40, 5],
    [5, 50, 5],
  ]);
  expect([...inAdvance([], work, 2)]).toEqual([]);
});

test('one that fails fails where it is awaited, and what nobody waits for fails in silence', async () => {
  const work = (item: number): Promise<number> => Promise.reject(new Error(`no ${item}`));
  for (const [item, result] of inAdvance([1, 2, 3], work, 3)) {
    await expect(result).rejects.toThrow(`no ${item}`);
    if (item === 2) break;
  }
});
