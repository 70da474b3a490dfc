/** Where the answers of a lane are made, and how many of them at once. */
import type { ServerKind } from '../../core/connection';
import type { Occupancy } from '../../compare/scheduling/occupancy';

export interface LanePlace {
  /** Lanes with the same one share its limit. */
  readonly resource: string;
  /** Of lanes that share a resource, one group is finished before the next: models are not swapped to and fro. */
  readonly group: string;
  /** Answers at once, from 1 on. */
  readonly limit: number;
}

/** As many as a server usually works on at once; more would wait there, and the wait would count as its own time. */
const usualLimits: Readonly<Record<ServerKind, number>> = {
  ollama: 1,
  vllm: 16,
  instructlab: 1,
  llamacpp: 1,
  openai: 4,
};

export interface PlaceQuestion {
  readonly occupancy: Pick<Occupancy, 'resource' | 'capacity' | 'group'>;
  /** Absent for an engine in the page. */
  readonly serverKind: ServerKind | undefined;
  readonly modelKey: string;
  /** What the run says; absent where it says nothing. */
  readonly wanted: number | undefined;
}

export function lanePlace({ occupancy, serverKind, modelKey, wanted }: PlaceQuestion): LanePlace {
  const { resource, capacity, group } = occupancy;
  // An engine in the page holds one model: each lane of another model would load it anew.
  if (!serverKind) return { resource, group: modelKey, limit: 1 };
  const limit = Math.max(1, Math.min(capacity, wanted ?? usualLimits[serverKind]));
  return { resource, group, limit };
}
