/** Who begins when: all at once while they are few, in groups while they are many, and always in order. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BeginInTurns } from '../../../../relay/forward/begin-in-turns';

it('a few begin at once', () => {
  const turns = new BeginInTurns();
  const begun: number[] = [];
  for (let number = 0; number < 8; number++) turns.begin(() => begun.push(number));
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('many begin in order, and none of the turns takes more than its part', async () => {
  const turns = new BeginInTurns();
  const begun: number[] = [];
  for (let number = 0; number < 100; number++) turns.begin(() => begun.push(number));
  const perTurn: number[] = [];
  let before = 0;
  while (before < 100) {
    perTurn.push(begun.length - before);
    before = begun.length;
    // Those that come later wait behind those that wait already.
    await nextTurn();
  }
  expect(begun).toEqual(Array.from({ length: 100 }, (_, number) => number));
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(16);
});

it('after a quiet turn a few begin at once again', async () => {
  const turns = new BeginInTurns();
  for (let number = 0; number < 20; number++) turns.begin(() => undefined);
  await nextTurn();
  await nextTurn();
  let hasBegun = false;
  turns.begin(() => (hasBegun = true));
  expect(hasBegun).toBe(true);
});
