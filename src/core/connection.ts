/** A way to reach a backend, as data: what the relay's configuration or the Settings screen names. */
import type { LocalEngine } from './local-model';

export const serverKinds = ['ollama', 'vllm', 'instructlab', 'llamacpp', 'openai'] as const;
export type ServerKind = (typeof serverKinds)[number];
/** `prompt-api` is the model that the browser itself brings along. */
export type LocalKind = LocalEngine | 'prompt-api';
export type BackendKind = ServerKind | LocalKind;

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
  /** As far as somebody else has asked already. */
  readonly version?: string;
  /** Only for direct connections; the relay holds its own keys. */
  readonly apiKey?: string;
}

/** An engine in this page. Which models it may load is asked of the model shelf. */
export interface LocalConnection {
  /** Also the backend id. */
  readonly id: LocalKind;
  readonly kind: LocalKind;
  readonly label: string;
}

export type Connection = ServerConnection | LocalConnection;

export function isRelayed(connection: Connection): boolean {
  return 'baseUrl' in connection && connection.via === 'relay';
}

export function isLocal(connection: Connection): connection is LocalConnection {
  return !('baseUrl' in connection);
}
