/** What a worker runs: one engine with at most one model, behind the worker protocol. */
import type { ChatRequest, LoadedModel, LoadProgress } from '../../core/backend';
import type { ChatEvent, StreamError } from '../../core/chat-event';

/** An engine reports a failure by throwing, so its events are plain data that may cross the worker border. */
export type EngineEvent = Exclude<ChatEvent, StreamError>;

/** One per worker. `Options` is what the engine needs to load a model, as plain data. */
export interface Engine<Options> {
  /** Called once: another model gets another worker. @throws BackendError */
  load(
    options: Options,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel>;
  /** Called for one request at a time. Ends with `stream-end`. @throws BackendError */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<EngineEvent>;
  /** Frees the model's memory. */
  dispose(): Promise<void>;
}
