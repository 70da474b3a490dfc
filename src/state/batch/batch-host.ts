/** What batches need from the rest of the page. */
import type { CheckRunners } from '../../compare/judge/checks/check';
import type { LaneScheduler } from '../../compare/scheduling/lane-scheduler';
import type { BatchStore } from '../../storage/batch-store';
import type { BackendStore } from '../backend-store.svelte';
import type { Notices } from '../notices.svelte';
import type { Settings } from '../settings.svelte';

export interface BatchHost {
  readonly batches: BatchStore;
  readonly backends: BackendStore;
  readonly settings: Settings;
  readonly notices: Notices;
  /** The one of the comparisons: a batch shares their machine. */
  readonly scheduler: LaneScheduler;
  /** Made when the first check needs it. */
  readonly checks: CheckRunners;
  /** `location.origin`. */
  readonly origin: string;
}
