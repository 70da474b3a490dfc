/** One answer to "what is going on" with the model that answers next. */
import type { PlainBackendError } from '../core/backend-error';
import type { BackendKind } from '../core/connection';
import type { BackendState } from './backend-entry';

/** The names are part of the product's promise. */
export interface BackendStatus {
  readonly backend_type: BackendKind | 'none';
  /** Null for the engines in this page. */
  readonly backend_url: string | null;
  readonly active_model: string | null;
  readonly state: BackendState | 'loading' | 'no-model';
  readonly error?: PlainBackendError;
}
