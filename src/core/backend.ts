/** The one seam: a way to run a model. One implementation per folder in `src/backends/`. */
import type { BackendError } from './backend-error';
import type { ChatEvent } from './chat-event';
import type { ChatMessage } from './chat-message';
import type { Params, ParamTable } from './params';
import type { PullProgress } from './pull-progress';
import type { ToolDefinition } from './tool';

/** What an engine in the page may be asked for. */
export type Device = 'gpu' | 'cpu';

export type RunsOn = 'this-gpu' | 'this-cpu' | 'server';

export interface Backend {
  readonly id: string;
  readonly label: string;
  /** What settings it understands. May differ per server, never per request. */
  readonly params: ParamTable;
  /** The same for a request whose `promptFormat` is `plain`; absent where nothing differs. */
  readonly plainParams?: ParamTable;
  /** It can tell a model of tools; whether the model makes use of them is another matter. */
  readonly takesTools?: true;

  /** Can it run here, now? Answers instead of throwing; rejects only when aborted. */
  probe(signal: AbortSignal): Promise<Availability>;
  /** @throws BackendError */
  listModels(signal: AbortSignal): Promise<ModelInfo[]>;
  /** All that the server declares of one model, where its list tells less. @throws BackendError */
  inspect?(modelId: string, signal: AbortSignal): Promise<ModelInfo>;
  /**
   * Makes the model ready. Cheap when it is ready already; servers that load on demand only check
   * that the model exists, unless `eager` asks them to load it now.
   * @throws BackendError
   */
  load(
    request: LoadRequest,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel>;
  /** Frees the model's memory. Absent where the backend has no such thing. @throws BackendError */
  unload?(modelId: string, signal: AbortSignal): Promise<void>;
  /** Has the server fetch a model; an abort stops it, and what is there stays. @throws BackendError */
  pull?(name: string, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
  /** Deletes a model from the server's disk. @throws BackendError */
  remove?(modelId: string, signal: AbortSignal): Promise<void>;
  /** May throw BackendError; callers go through `streamChat()`, which never throws. */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  /**
   * One vector per text, in their order. Absent where the backend cannot embed.
   * @throws BackendError
   */
  embed?(texts: readonly string[], modelId: string, signal: AbortSignal): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

export type Availability =
  | { readonly state: 'ready'; readonly version?: string; readonly latencyMs?: number }
  | { readonly state: 'unavailable'; readonly error: BackendError };

export type Capability = 'chat' | 'vision' | 'tools' | 'thinking' | 'embedding' | 'json' | 'logprobs';

/** How a model can be asked to think: `degrees` only, a `switch` (on and off only), or not at all. */
export type ThinkingControl = 'degrees' | 'switch' | 'none';

export interface ModelInfo {
  readonly id: string;
  /** Shown instead of the id, which may be a long path. */
  readonly label?: string;
  /** Tokens; absent when the server does not tell. */
  readonly contextLength?: number;
  /** An absent capability is unknown, which is never taken for yes. */
  readonly capabilities?: Readonly<Partial<Record<Capability, boolean>>>;
  /** Size of the weights. */
  readonly bytes?: number;
  readonly quantization?: string;
  /** Where that is known. */
  readonly thinkingControl?: ThinkingControl;
  /** Names these very weights: the server's own digest, or the SHA-256 of the (largest) file. */
  readonly digest?: string;
  /** What the name stands for: a repository with its revision, or the path that the server loaded. */
  readonly source?: string;
  /** SHA-256 of the chat template, in hex; a listing rarely has it, `inspect` may. */
  readonly templateDigest?: string;
  readonly isLoaded?: boolean;
  /** The server keeps several models and lets itself be told which to have in memory. */
  readonly isLoadable?: boolean;
  /** Its last load went wrong. */
  readonly hasLoadFailed?: boolean;
  /** When the server means to free its memory, in milliseconds since 1970; “never” comes as a date in centuries. */
  readonly loadedUntil?: number;
  /** Its part of the graphics memory, in bytes; 0 where it runs on the processor. */
  readonly graphicsBytes?: number;
  /** Settings in force where the person set nothing, as far as we send them ourselves. */
  readonly suggestedParams?: Params;
}

export interface LoadRequest {
  readonly modelId: string;
  readonly params: Params;
  /** Load now and keep, even where the server would load on demand. */
  readonly eager?: boolean;
  /** Where an engine in the page is to run it; absent leaves the choice to the engine. */
  readonly device?: Device;
}

export interface LoadProgress {
  readonly phase: 'download' | 'verify' | 'initialize';
  /** Bytes; absent when unknown. */
  readonly loaded?: number;
  readonly total?: number;
}

export interface LoadedModel {
  readonly modelId: string;
  /** Where it really runs: asked for WebGPU, an engine may have taken the CPU. */
  readonly runsOn: RunsOn;
  readonly contextLength?: number;
  /** As its chat template says; absent where nobody read it. */
  readonly thinkingControl?: ThinkingControl;
  /** A fact worth telling, for example that the model could not be kept on disk. */
  readonly notice?: string;
  /** Absent where a server did the loading. */
  readonly timings?: LoadTimings;
}

/** Milliseconds by our own clock. */
export interface LoadTimings {
  /** Getting the bytes: a download, or opening what is kept. */
  readonly filesMs: number;
  /** Reading the weights, compiling and uploading them, as far as the engine does it in one go. */
  readonly initializeMs: number;
}

export interface ChatRequest {
  readonly modelId: string;
  readonly messages: readonly ChatMessage[];
  readonly params: Params;
  /** `plain` joins the texts into one prompt, for models without a chat template. Default `chat`. */
  readonly promptFormat?: 'chat' | 'plain';
  /** What the model may call. Where it cannot be told of them, `stream-start` says so. */
  readonly tools?: readonly ToolDefinition[];
  /** The last message is the beginning of the answer: only what comes after it is wanted. */
  readonly continues?: true;
  /** Where the answer comes through the relay. */
  readonly relayAnswer?: RelayAnswer;
}

/** The relay knows an answer that it works on by an id, so that it can be asked for again. */
export interface RelayAnswer {
  /** 32 hex digits from a source of random numbers: whoever knows it may read the answer. */
  readonly id: string;
  /** The answer is under way already: nothing is sent, and it comes from its first byte. */
  readonly isResumed: boolean;
  /** The connection to the relay broke and is being opened again (false), or is there again (true). */
  readonly onConnection?: (isUp: boolean) => void;
}
