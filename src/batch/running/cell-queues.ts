/** The cells that are still to be asked, in the order in which each resource takes them. */
import { groupBy } from '../../platform/group-by';
import type { BatchPlan } from '../plan/batch-plan';
import type { LanePlace } from './lane-place';

export interface ResourceQueue {
  readonly resource: string;
  readonly limit: number;
  /** One group after the other; the cells of each in the order of the plan. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * @param places by lane
 * @param cells those that are open, in ascending order
 */
export function cellQueues(
  plan: BatchPlan,
  places: readonly LanePlace[],
  cells: readonly number[],
): ResourceQueue[] {
  const placeOf = (cell: number): LanePlace => {
    const place = places[plan.cellAt(cell).lane];
    if (!place) throw new RangeError(`No place is known for the lane of cell ${cell}.`);
    return place;
  };
  return [...groupBy(cells, (cell) => placeOf(cell).resource)].map(([resource, ofResource]) => {
    const groups = groupBy(ofResource, (cell) => placeOf(cell).group);
    const limit = Math.min(...new Set(ofResource.map((cell) => placeOf(cell).limit)));
    return { resource, limit, groups: [...groups.values()] };
  });
}
