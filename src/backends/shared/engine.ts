/** What a worker runs: one engine with at most one model, behind the worker protocol. */
import type { ChatRequest, Device, LoadedModel, LoadProgress } from '../../core/backend';
import type { ChatEvent, StreamError } from '../../core/chat-event';
import type { LocalModel } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';

/** An engine reports a failure by throwing, so its events are plain data that may cross the worker border. */
export type EngineEvent = Exclude<ChatEvent, StreamError>;

/** What every engine needs to know about a load, as plain data. The same options mean the same loaded model. */
export interface EngineOptions {
  readonly model: LocalModel;
  readonly device: Device;
  /** Tokens; absent where the model decides. */
  readonly contextLength?: number;
}

/** One per worker. */
export interface Engine<Options extends EngineOptions> {
  /**
   * Called once: another model gets another worker. `files` are all of the model's files, whole and checked.
   * @throws BackendError, with `isFileDamaged` where the bytes are to blame
   */
  load(
    options: Options,
    files: readonly OpenedFile[],
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel>;
  /** Called for one request at a time. Ends with `stream-end`. @throws BackendError */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<EngineEvent>;
  /** One vector per text. Absent where the engine cannot embed. @throws BackendError */
  embed?(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
  /** Frees the model's memory. */
  dispose(): Promise<void>;
}
