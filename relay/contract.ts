/** What page and relay say to each other: paths and JSON shapes. Imports types of the vocabulary only. */
import type { PlainBackendError } from '../src/core/backend-error';
import type { ServerKind } from '../src/core/connection';
import type { LocalModel } from '../src/core/local-model';
import type { ModelInfo } from '../src/core/backend';

export const relayPaths = {
  health: '/api/health',
  config: '/api/config',
  status: '/api/status',
  /** POST with the token as Bearer: answers 204 and an HttpOnly cookie. DELETE makes the browser forget it. */
  session: '/api/session',
  /** Followed by `/<upstream id>/<path on the upstream>`. */
  forward: '/relay',
  models: '/models',
  /** Prometheus' text form, with `RELAY_METRICS=on`. */
  metrics: '/metrics',
} as const;

export interface RelayHealth {
  readonly status: 'ok';
  readonly version: string;
}

export interface UpstreamSummary {
  readonly id: string;
  readonly kind: ServerKind;
  readonly label: string;
}

export interface RelayConfig {
  /** `LLM_BACKEND_TYPE`: the backend the page opens with. */
  readonly backendType: 'local' | ServerKind;
  /** `DEFAULT_MODEL_NAME`, when set. */
  readonly defaultModel?: string;
  readonly upstreams: readonly UpstreamSummary[];
  /** Models whose files this origin serves; empty when there is none. */
  readonly localModels: readonly LocalModel[];
  /** `SWITCHYARD_MODEL_MIRROR`: asked for model files before the hub; absolute, without a trailing slash. */
  readonly modelMirror?: string;
  /** The name of the token that this answer was given for; absent where the relay asks for none. */
  readonly signedInAs?: string;
  readonly version: string;
}

export type UpstreamState = 'ready' | 'unreachable' | 'unauthorized' | 'misconfigured';

export interface UpstreamStatus extends UpstreamSummary {
  /** Where the server itself is, for a person to read or to call directly. Never contains credentials. */
  readonly url: string;
  readonly state: UpstreamState;
  readonly models: readonly ModelInfo[];
  readonly version?: string;
  readonly latencyMs?: number;
  readonly error?: PlainBackendError;
}

export interface RelayStatus {
  readonly upstreams: readonly UpstreamStatus[];
}

/** Every failure of the relay itself has this body; an upstream's own errors pass through unchanged. */
export interface RelayErrorBody {
  readonly error: Pick<PlainBackendError, 'code' | 'message'>;
}
