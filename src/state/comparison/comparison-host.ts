/** What comparisons need from the rest of the page. */
import type { LaneScheduler } from '../../compare/scheduling/lane-scheduler';
import type { ComparisonStore } from '../../storage/comparison-store';
import type { ChatSessionHost } from '../chat-session-host';
import type { VoteLog } from '../judge/vote-log.svelte';

export interface ComparisonHost extends ChatSessionHost {
  readonly comparisons: ComparisonStore;
  /** Of all comparisons: ratings are over all of them. */
  readonly votes: VoteLog;
  /** One for all comparisons: two of them share the same machine. */
  readonly scheduler: LaneScheduler;
  readonly origin: string;
}
