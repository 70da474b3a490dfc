/** A way to reach a backend, as data: what the relay's configuration or the Settings screen names. */
import type { Params } from './params';

export const serverKinds = ['ollama', 'vllm', 'instructlab', 'llamacpp', 'openai'] as const;
export type ServerKind = (typeof serverKinds)[number];
export type BackendKind = ServerKind | 'wllama';

export interface ServerConnection {
  /** Unique; also the backend id, for example `ollama`. */
  readonly id: string;
  readonly kind: ServerKind;
  readonly label: string;
  /**
   * Absolute URL without a trailing slash. For OpenAI-style servers it may or may not end in `/v1`.
   * Through the relay it is `<page origin>/relay/<upstream>`.
   */
  readonly baseUrl: string;
  readonly via: 'relay' | 'direct';
  /** Only for direct connections; the relay holds its own keys. */
  readonly apiKey?: string;
}

/** A GGUF file that our own origin serves under `/models/`. */
export interface LocalModelFile {
  readonly id: string;
  readonly label: string;
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hex; known for the starter model, absent for files the user put there. */
  readonly sha256?: string;
  readonly license?: string;
  /** Sampling that the model's makers advise; used where the person set nothing. */
  readonly suggestedParams?: Params;
}

export interface LocalConnection {
  readonly id: 'wllama';
  readonly kind: 'wllama';
  readonly label: string;
  readonly files: readonly LocalModelFile[];
}

export type Connection = ServerConnection | LocalConnection;
