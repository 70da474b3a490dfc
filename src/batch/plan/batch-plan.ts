/** What a run asks for, counted before anything starts: data set × lanes × grid × repeats. */
import type { BatchRun, ParamGrid } from '../../core/batch';
import type { ParamName, Params } from '../../core/params';

export interface PlannedCell {
  /** From 0 on, item by item. */
  readonly cell: number;
  readonly item: number;
  readonly lane: number;
  readonly point: number;
  readonly repeat: number;
}

export interface BatchPlan {
  /** Combinations of the grid; one without settings where there is no grid. */
  readonly points: readonly Params[];
  readonly size: number;
  /** @param cell from 0 on, below `size` */
  cellAt(cell: number): PlannedCell;
}

export function planBatch({ data, lanes, grid, repeats }: BatchRun): BatchPlan {
  const points = gridPoints(grid);
  const size = data.items.length * lanes.length * points.length * repeats;
  return {
    points,
    size,
    // Reckoned and not listed: a plan may have millions of cells.
    cellAt(cell) {
      const [withoutRepeat, repeat] = divide(cell, repeats);
      const [withoutPoint, point] = divide(withoutRepeat, points.length);
      const [item, lane] = divide(withoutPoint, lanes.length);
      return { cell, item, lane, point, repeat };
    },
  };
}

function gridPoints(grid: ParamGrid): Params[] {
  const names = Object.keys(grid) as ParamName[];
  return names.reduce<Params[]>(
    (points, name) => {
      const values: readonly unknown[] = grid[name] ?? [];
      if (values.length === 0) return points;
      return points.flatMap((point) => values.map((value): Params => ({ ...point, [name]: value })));
    },
    [{}],
  );
}

function divide(number: number, by: number): [quotient: number, rest: number] {
  return [Math.floor(number / by), number % by];
}
