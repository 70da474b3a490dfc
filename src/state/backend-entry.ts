/** What the page knows of one backend: how to reach it, whether it answers, and what it offers. */
import type { ModelInfo } from '../core/backend';
import type { UpstreamStatus } from '../../relay/contract';
import { BackendError } from '../core/backend-error';
import { type Connection, isLocal, isRelayed } from '../core/connection';
import type { Selection } from './setting-values';

export type BackendState =
  'checking' | 'ready' | 'unreachable' | 'unauthorized' | 'misconfigured' | 'unsupported';

export interface BackendEntry {
  readonly connection: Connection;
  readonly state: BackendState;
  readonly models: readonly ModelInfo[];
  readonly version?: string;
  readonly latencyMs?: number;
  /** Where the server itself is, also when the relay is in between; absent for the page's own engine. */
  readonly url?: string;
  readonly error?: BackendError;
}

export interface EntrySources {
  /** The entry as it was. */
  readonly known: BackendEntry | undefined;
  /** What the relay says of it. */
  readonly status: UpstreamStatus | undefined;
  readonly relayError: BackendError | undefined;
}

/** A connection with what is known of it: the relay's word for what it serves, otherwise what was found before. */
export function entryOf(connection: Connection, { known, status, relayError }: EntrySources): BackendEntry {
  const url = isLocal(connection) ? undefined : (status?.url ?? connection.baseUrl);
  if (isRelayed(connection) && relayError) {
    return { models: [], ...known, connection, url, state: 'unreachable', error: relayError };
  }
  if (status && isRelayed(connection)) {
    const { state, models, version, latencyMs } = status;
    const error = status.error && BackendError.fromPlain(status.error);
    return { connection, url, state, models, version, latencyMs, error };
  }
  return { state: 'checking', models: [], ...known, connection, url };
}

/** The state that an error of a probe puts a backend into. */
export function stateOf(error: BackendError): BackendState {
  switch (error.code) {
    case 'unauthorized':
      return 'unauthorized';
    case 'unreachable':
    case 'timeout':
    case 'server-failed':
    case 'rate-limited':
      return 'unreachable';
    case 'unsupported-environment':
      return 'unsupported';
    default:
      return 'misconfigured';
  }
}

/** `Ollama · smollm2:latest`; by its ids where the backend is not set up (any more). */
export function fullLabel(entry: BackendEntry | undefined, { backendId, modelId }: Selection): string {
  return entry ? `${entry.connection.label} · ${modelLabel(entry, modelId)}` : `${backendId} · ${modelId}`;
}

/** What people call a model of this backend; builds of one model are told apart by their precision. */
export function modelLabel({ models }: BackendEntry, modelId: string): string {
  const { label = modelId, quantization } = models.find(({ id }) => id === modelId) ?? {};
  const hasTwin = models.some((other) => other.label === label && other.id !== modelId);
  return hasTwin && quantization !== undefined ? `${label} ${quantization}` : label;
}
