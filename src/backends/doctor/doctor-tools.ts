/** What the doctor works on and with; everything that touches the world is handed in. */
import type { RelayStatus } from '../../../relay/contract';
import type { ServerConnection } from '../../core/connection';

export interface Patient {
  readonly connection: ServerConnection;
  /** Where the server itself is, also when the relay is in between. */
  readonly serverUrl: string;
  /** Whether its address was typed into this page, rather than configured for the relay. */
  readonly isAdded: boolean;
  /** False for an address whose kind of server nobody named. */
  readonly isKindKnown: boolean;
  /** The model that was wanted. */
  readonly modelId?: string;
}

export type RelayView =
  | { readonly state: 'answers'; readonly status: RelayStatus }
  | { readonly state: 'wants-token' }
  | { readonly state: 'silent'; readonly said: string };

export interface DoctorTools {
  readonly fetch: typeof fetch;
  /** Whether anything answers HTTP there, readable or not; undefined where the browser cannot tell. */
  readonly canReach: (url: string, signal: AbortSignal) => Promise<boolean | undefined>;
  /** Undefined where the browser does not know a permission of this name. */
  readonly permission: (name: string) => Promise<PermissionState | undefined>;
  readonly page: PageFacts;
  readonly askRelay: (signal: AbortSignal) => Promise<RelayView>;
  /** Milliseconds between two questions: InstructLab counts a connection until it has seen it close. */
  readonly pauseMs: number;
  /** Milliseconds to wait for an answer. */
  readonly patienceMs: number;
}

export interface PageFacts {
  readonly origin: string;
  readonly isSecureContext: boolean;
}
