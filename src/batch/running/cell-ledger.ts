/** Which cells have a result, which are still open, and how long the rest will take. */
import type { CellResult } from '../../core/batch';
import type { BatchPlan } from '../plan/batch-plan';
import type { LanePlace } from './lane-place';
import { timeLeft, type TimeLeft } from './time-left';

export interface LedgerStanding {
  readonly ended: number;
  readonly failed: number;
  readonly size: number;
  /** Undefined while nothing is known. */
  readonly left: TimeLeft | undefined;
}

interface LaneSum {
  ended: number;
  ms: number;
}

export class CellLedger {
  readonly #plan: BatchPlan;
  readonly #places: readonly LanePlace[];
  readonly #results = new Map<number, CellResult>();
  readonly #sums: readonly LaneSum[];
  readonly #laneSize: number;
  #failed = 0;

  /** @param places by lane */
  constructor(plan: BatchPlan, places: readonly LanePlace[]) {
    this.#plan = plan;
    this.#places = places;
    this.#sums = places.map(() => ({ ended: 0, ms: 0 }));
    this.#laneSize = plan.size / places.length;
  }

  get results(): CellResult[] {
    return [...this.#results.values()];
  }

  result(cell: number): CellResult | undefined {
    return this.#results.get(cell);
  }

  /** A later result of the same cell takes the place of the earlier one. */
  add(result: CellResult): void {
    const before = this.#results.get(result.cell);
    if (before) this.#count(before, -1);
    this.#results.set(result.cell, result);
    this.#count(result, 1);
  }

  /** In the order of the plan. */
  open(which: 'only' | 'and failed'): number[] {
    const isOpen = (cell: number): boolean => {
      const result = this.#results.get(cell);
      return !result || (which === 'and failed' && result.state === 'failed');
    };
    return Array.from({ length: this.#plan.size }, (_, cell) => cell).filter(isOpen);
  }

  get standing(): LedgerStanding {
    const lanes = this.#places.map((place, lane) => {
      const { ended = 0, ms = 0 } = this.#sums[lane] ?? {};
      return { place, open: this.#laneSize - ended, meanMs: ended > 0 ? ms / ended : undefined };
    });
    return {
      ended: this.#results.size,
      failed: this.#failed,
      size: this.#plan.size,
      left: timeLeft(lanes),
    };
  }

  #count({ cell, state, measurement }: CellResult, by: 1 | -1): void {
    const sum = this.#sums[this.#plan.cellAt(cell).lane];
    if (state === 'failed') this.#failed += by;
    if (!sum) return;
    sum.ended += by;
    sum.ms += by * ((measurement?.totalMs ?? 0) + (measurement?.loadMs ?? 0));
  }
}
