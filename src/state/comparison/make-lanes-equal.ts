/** Puts all lanes under the same settings, and back. */
import type { LaneSettings } from '../../core/comparison';
import type { ComparisonSession } from './comparison-session.svelte';

/** @returns puts everything back as it was: common settings, and those that lanes had of their own */
export function makeLanesEqual(session: ComparisonSession, common: LaneSettings): () => void {
  const { common: commonBefore, lanes } = session.row;
  const ownBefore = new Map(lanes.map(({ id, own }) => [id, own]));
  session.change({ common, lanes: lanes.map((lane) => ({ ...lane, own: undefined })) });
  return () =>
    session.change({
      common: commonBefore,
      // A lane that came meanwhile stays as it is.
      lanes: session.row.lanes.map((lane) => ({ ...lane, own: ownBefore.get(lane.id) ?? lane.own })),
    });
}
