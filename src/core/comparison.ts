/** A comparison as it is kept: its lanes, what they have in common, and how they take turns. */
import type { Conversation, StoredMessage } from './conversation';
import type { Check } from './check';
import type { Params } from './params';
import type { RetrievalSettings } from './retrieval';

/**
 * `by-resource`: lanes that keep different things busy run side by side, the others one after the other.
 * `all-at-once`: nobody waits. `one-by-one`: everybody waits for everybody.
 */
export const scheduleModes = ['by-resource', 'all-at-once', 'one-by-one'] as const;
export type ScheduleMode = (typeof scheduleModes)[number];

export interface LaneSettings {
  readonly params: Params;
  /** Empty where none is to be sent. */
  readonly systemPrompt: string;
  /** Collections of documents that answers are given from; absent for none. */
  readonly collectionIds?: readonly string[];
  /** Absent for the usual. */
  readonly retrieval?: RetrievalSettings;
}

/** What a lane is made of; a set of them can be kept under a name and used again. */
export interface LaneSetup {
  readonly backendId: string;
  readonly modelId: string;
  /** Absent while the lane goes by the common ones. */
  readonly own?: LaneSettings;
}

/** Without what makes it a lane of one comparison. */
export function laneSetup({ backendId, modelId, own }: LaneSetup): LaneSetup {
  return { backendId, modelId, ...(own && { own }) };
}

export interface LaneRow extends LaneSetup {
  readonly id: string;
  /** Where its questions and answers are kept. */
  readonly conversationId: string;
}

export interface Comparison {
  readonly id: string;
  readonly title: string;
  /** Set once the person named it, so that it is never renamed by us. */
  readonly isTitleChosen: boolean;
  /** Milliseconds since 1970; for display. */
  readonly createdAt: number;
  /** Milliseconds since 1970; newest comparison first. */
  readonly updatedAt: number;
  /** From left to right, at most `mostLanes`. */
  readonly lanes: readonly LaneRow[];
  readonly common: LaneSettings;
  readonly mode: ScheduleMode;
  readonly scrollsTogether: boolean;
  /** While answers are judged without their names, since when, in milliseconds since 1970: earlier ones were seen. */
  readonly blindSince?: number;
  /** What its answers are held against; absent for nothing. */
  readonly checks?: readonly Check[];
}

export const mostLanes = 12;

/** A comparison with everything that was asked and answered in it: enough to bring it back, here or elsewhere. */
export interface WholeComparison {
  readonly comparison: Comparison;
  /** Also those of lanes that were taken out. */
  readonly conversations: readonly Conversation[];
  readonly messages: readonly StoredMessage[];
}
