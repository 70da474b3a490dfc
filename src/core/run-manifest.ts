/** Everything that is known of how one answer came about, as one JSON document: to read, to keep, to run again. */
import type { PlainBackendError } from './backend-error';
import type { RunsOn } from './backend';
import type { ChatMessage } from './chat-message';
import type { EndReason, EngineTimings, Usage } from './chat-event';
import type { AnswerState, Circumstances, Measurement } from './conversation';
import type { ParamEffect } from './param-effect';
import type { Params } from './params';
import type { Provenance } from './provenance';
import type { RetrievalReport } from './retrieval';
import type { ToolCall } from './tool';

export const runManifestFormat = 'switchyard-run/1';

/** An absent field is unknown: nobody told it. */
export interface RunManifest {
  readonly format: typeof runManifestFormat;
  /** ISO 8601. */
  readonly askedAt?: string;
  readonly model: {
    readonly id: string;
    readonly label?: string;
    /** In force for this answer, in tokens. */
    readonly contextLength?: number;
  } & Pick<Provenance, 'digest' | 'source' | 'quantization' | 'templateDigest'>;
  readonly engine: {
    readonly backendId: string;
    readonly label?: string;
    readonly runsOn?: RunsOn;
  } & Pick<Provenance, 'kind' | 'version'>;
  readonly request: {
    /** All that the model got to read, the system prompt first. */
    readonly messages: readonly ChatMessage[];
    /** As they were set; a setting that is not here was left to the backend. */
    readonly params: Params;
    /** `plain`: without a chat template. */
    readonly promptFormat: 'chat' | 'plain';
    /** The last message is the beginning of the answer. */
    readonly continues?: true;
  } & Pick<Provenance, 'tools'>;
  /** What was found in documents; its prompt stands in the last message of the user. */
  readonly retrieval?: RetrievalReport;
  /** What became of each setting. */
  readonly effects: readonly ParamEffect[];
  readonly answer: {
    readonly text: string;
    readonly reasoning?: string;
    readonly toolCalls?: readonly ToolCall[];
    readonly state: AnswerState;
    readonly endReason?: EndReason;
    readonly error?: PlainBackendError;
  };
  readonly usage?: Usage;
  /** By the engine's own clock. */
  readonly timings?: EngineTimings;
  /** By the clock of whoever asked. */
  readonly measurement?: Measurement;
  readonly circumstances?: Circumstances;
}
