/** The queue by simulation: whatever fails, is paused and resumed, each cell is answered once and none is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatch } from '../../../../src/batch/plan/batch-plan';
import { CellLedger } from '../../../../src/batch/running/cell-ledger';
import { cellQueues } from '../../../../src/batch/running/cell-queues';
import type { LanePlace } from '../../../../src/batch/running/lane-place';
import { runCells } from '../../../../src/batch/running/run-cells';
import type { CellResult } from '../../../../src/core/batch';
import { batchRun, cellResult } from '../batch-run';

const never = new AbortController().signal;

function planOf(items: number, lanes: number) {
  return planBatch(
    batchRun({
      data: { columns: ['a'], items: Array.from({ length: items }, (_, a) => ({ a: String(a) })) },
      lanes: Array.from({ length: lanes }, () => ({ backendId: 'b', modelId: 'm' })),
    }),
  );
}

const someTicks = async (count: number): Promise<void> => {
  for (let tick = 0; tick < count; tick++) await Promise.resolve();
};

const place = fc.record({
  resource: fc.constantFrom('gpu', 'one', 'two'),
  group: fc.constantFrom('a', 'b'),
  limit: fc.integer({ min: 1, max: 5 }),
});

describe('runCells', () => {
  it('loses no cell and answers none twice, over pauses, stops and failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(place, { minLength: 1, maxLength: 4 }),
        // When each run is interrupted, in answers, and how; the last one runs to the end.
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        fc.array(fc.boolean(), { minLength: 1 }),
        async (items, places, interruptions, delays, fates) => {
          const plan = planOf(items, places.length);
          const ledger = new CellLedger(plan, places);
          const kept: number[] = [];
          let asked = 0;
          for (const [after, isStop] of [...interruptions, [Infinity, false] as const]) {
            const [stop, pause] = [new AbortController(), new AbortController()];
            let inThisRun = 0;
            await runCells(cellQueues(plan, places, ledger.open('only')), {
              stop: stop.signal,
              pause: pause.signal,
              async attempt(cell) {
                asked++;
                if (inThisRun++ === after) (isStop ? stop : pause).abort();
                await someTicks(delays[asked % delays.length] ?? 0);
                if (stop.signal.aborted) return undefined;
                return cellResult(cell, { state: fates[asked % fates.length] ? 'done' : 'failed' });
              },
              keep(result) {
                kept.push(result.cell);
                ledger.add(result);
              },
            });
          }
          expect([...kept].sort((a, b) => a - b)).toEqual(
            Array.from({ length: plan.size }, (_, cell) => cell),
          );
          expect(ledger.standing).toMatchObject({ ended: plan.size, size: plan.size });
        },
      ),
    );
  });

  it('never asks a resource for more than its limit, nor for two groups at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 10 }),
        fc.array(place, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }),
        async (items, places, delays) => {
          const plan = planOf(items, places.length);
          const running: LanePlace[] = [];
          let asked = 0;
          await runCells(
            cellQueues(
              plan,
              places,
              Array.from({ length: plan.size }, (_, cell) => cell),
            ),
            {
              stop: never,
              pause: never,
              async attempt(cell) {
                const mine = places[plan.cellAt(cell).lane];
                if (!mine) throw new Error('a cell without a lane');
                running.push(mine);
                const beside = running.filter(({ resource }) => resource === mine.resource);
                const limits = places.filter(({ resource }) => resource === mine.resource);
                expect(beside.length).toBeLessThanOrEqual(Math.min(...limits.map(({ limit }) => limit)));
                expect(new Set(beside.map(({ group }) => group)).size).toBe(1);
                await someTicks(delays[asked++ % delays.length] ?? 0);
                running.splice(running.indexOf(mine), 1);
                return cellResult(cell);
              },
              keep: () => undefined,
            },
          );
          expect(asked).toBe(plan.size);
        },
      ),
    );
  });

  it('uses the whole limit, and resources side by side', async () => {
    const places = [
      { resource: 'one', group: '', limit: 3 },
      { resource: 'two', group: '', limit: 1 },
    ];
    const plan = planOf(6, 2);
    const begun: number[] = [];
    const release: (() => void)[] = [];
    const done = runCells(
      cellQueues(
        plan,
        places,
        Array.from({ length: 12 }, (_, cell) => cell),
      ),
      {
        stop: never,
        pause: never,
        attempt: (cell) =>
          new Promise((resolve) => {
            begun.push(cell);
            release.push(() => resolve(cellResult(cell)));
          }),
        keep: () => undefined,
      },
    );
    await someTicks(20);
    expect([...begun].sort((a, b) => a - b)).toEqual([0, 1, 2, 4]);
    for (let next = release.shift(); next; next = release.shift()) {
      next();
      await someTicks(20);
    }
    await done;
    expect(begun).toHaveLength(12);
  });

  it('retries failures only, and the new result takes the place of the old one', async () => {
    const plan = planOf(4, 1);
    const places = [{ resource: 'one', group: '', limit: 2 }];
    const ledger = new CellLedger(plan, places);
    for (const cell of [0, 1, 2, 3]) ledger.add(cellResult(cell, { state: cell % 2 ? 'failed' : 'done' }));
    const asked: number[] = [];
    await runCells(cellQueues(plan, places, ledger.open('and failed')), {
      stop: never,
      pause: never,
      async attempt(cell): Promise<CellResult> {
        asked.push(cell);
        return cellResult(cell);
      },
      keep: (result) => ledger.add(result),
    });
    expect(asked).toEqual([1, 3]);
    expect(ledger.standing).toMatchObject({ ended: 4, failed: 0 });
    expect(ledger.results).toHaveLength(4);
  });

  it('ends when results cannot be kept, and says why', async () => {
    const plan = planOf(10, 1);
    let asked = 0;
    const run = runCells(cellQueues(plan, [{ resource: 'a', group: '', limit: 2 }], [0, 1, 2, 3, 4, 5]), {
      stop: never,
      pause: never,
      async attempt(cell) {
        asked++;
        return cellResult(cell);
      },
      keep: () => Promise.reject(new Error('no space')),
    });
    await expect(run).rejects.toThrow('no space');
    expect(asked).toBeLessThanOrEqual(2);
  });
});
