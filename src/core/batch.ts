/** A batch: every item of a data set asked of several lanes, with every point of a grid of settings, some times over. */
import type { LoadedModel } from './backend';
import type { PlainBackendError } from './backend-error';
import type { EndReason, EngineTimings, Usage } from './chat-event';
import type { Check, CheckResult } from './check';
import type { LaneSettings, LaneSetup } from './comparison';
import type { ServerKind } from './connection';
import type { Circumstances, Measurement } from './conversation';
import type { ParamEffect } from './param-effect';
import type { ParamName, ParamValues } from './params';
import type { Provenance } from './provenance';

/** One row of a data set by its columns; what was no text in the source is JSON. */
export type BatchItem = Readonly<Record<string, string>>;

export interface DataSet {
  readonly columns: readonly string[];
  /** Each has every column. */
  readonly items: readonly BatchItem[];
}

/** Settings and the values to try of each: every combination is a point. */
export type ParamGrid = { readonly [Name in ParamName]?: readonly ParamValues[Name][] };

/**
 * A check that an answer must pass; the texts in it may have variables of the item. `near`: the number of the answer is
 * at most `within` away from the value.
 */
export type BatchCheck =
  Check | { readonly kind: 'near'; readonly value: string; readonly within: number; readonly field?: string };

/** A server that the command-line runner asks; a page knows its own. */
export interface BatchUpstream {
  /** What lanes call it. */
  readonly id: string;
  readonly kind: ServerKind;
  /** Absent for the usual name of its kind. */
  readonly label?: string;
  readonly baseUrl: string;
  /** The environment variable that holds its key. */
  readonly apiKeyEnv?: string;
}

/** What is asked of whom: a run file with its data set read in. */
export interface BatchRun {
  readonly title: string;
  readonly data: DataSet;
  /** With variables: `{{column}}`. */
  readonly prompt: string;
  /** At least one. */
  readonly lanes: readonly LaneSetup[];
  /** The settings of the lanes without their own; the system prompts may have variables too. */
  readonly common: LaneSettings;
  /** From 1 on. Where a seed is set, each repeat has the next one. */
  readonly repeats: number;
  readonly grid: ParamGrid;
  readonly checks: readonly BatchCheck[];
  /** What is to come out, for checks by code; may have variables. Empty where nothing particular is. */
  readonly expected: string;
  /** By backend id: how many answers it is asked for at once. Absent for the usual number of its kind. */
  readonly concurrency: Readonly<Record<string, number>>;
  readonly upstreams: readonly BatchUpstream[];
}

/** A run as it is kept; what came of it is kept beside it, a row for each answer. */
export interface Batch {
  readonly id: string;
  /** Milliseconds since 1970; for display. */
  readonly createdAt: number;
  /** Milliseconds since 1970; newest batch first. */
  readonly updatedAt: number;
  readonly run: BatchRun;
}

/** Whom an answer came from, as it was then. */
export interface BatchSource extends Provenance {
  /** For people: `Ollama · smollm2:latest`. */
  readonly label: string;
}

/** One answer of a batch. The others are still to be asked for: nothing is kept of an answer that was stopped. */
export interface CellResult {
  /** Its place in the plan. */
  readonly cell: number;
  readonly state: 'done' | 'failed';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** More than 1 where the server asked to come again later. */
  readonly attempts: number;
  readonly source: BatchSource;
  /** As far as it had come, where it failed. */
  readonly text: string;
  readonly reasoning: string;
  readonly loaded?: Pick<LoadedModel, 'runsOn' | 'contextLength' | 'notice'>;
  readonly endReason?: EndReason;
  readonly usage?: Usage;
  readonly timings?: EngineTimings;
  /** Absent where nothing was asked, because the model could not be had. */
  readonly measurement?: Measurement;
  readonly circumstances?: Circumstances;
  readonly effects: readonly ParamEffect[];
  readonly corrections?: readonly string[];
  readonly error?: PlainBackendError;
  /** One for each check of the run; absent where it failed. */
  readonly checks?: readonly CheckResult[];
}

/** A batch with all its answers: enough to bring it back. */
export interface WholeBatch {
  readonly batch: Batch;
  readonly results: readonly CellResult[];
}
