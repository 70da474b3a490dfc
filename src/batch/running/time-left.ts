/** How long the rest will take, reckoned from the cells that ended. */
import { groupBy } from '../../platform/group-by';
import type { LanePlace } from './lane-place';

export interface LaneProgress {
  readonly place: LanePlace;
  /** Cells to come. */
  readonly open: number;
  /** Milliseconds that each cell took so far, its load included; absent before the first has ended. */
  readonly meanMs: number | undefined;
}

export interface TimeLeft {
  readonly ms: number;
  /** Some lane has not ended a cell yet, so that nothing is known of it. */
  readonly isAtLeast: boolean;
}

/** Undefined while nothing is known. Resources work side by side: the slowest one counts. */
export function timeLeft(lanes: readonly LaneProgress[]): TimeLeft | undefined {
  const open = lanes.filter((lane) => lane.open > 0);
  const known = open.filter(({ meanMs }) => meanMs !== undefined);
  if (known.length === 0) return undefined;
  const byResource = groupBy(known, ({ place }) => place.resource);
  const each = [...byResource.values()].map((ones) =>
    ones.reduce(
      (sum, { open: cells, meanMs = 0, place }) => sum + (cells * meanMs) / Math.min(place.limit, cells),
      0,
    ),
  );
  return { ms: Math.max(...each), isAtLeast: known.length < open.length };
}
