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
  /** GET opens a channel; `/<answer id>` takes POST (go on with it in my channel) and DELETE (stop it). */
  answers: '/api/answers',
  /** `/<search id>`: GET with a query or POST with JSON asks that one address, whose JSON comes back. */
  searches: '/api/searches',
  /** `/<database id>/<one of databaseWorks>`, each by POST with JSON. */
  databases: '/api/databases',
} as const;

/**
 * Answers by channel, see docs/decisions. A chat that is sent to `forward` with an answer id is begun by the relay
 * for itself: the reply is 202 with the same header, and the answer comes over the channel that is named beside it.
 */
export const laneHeaders = {
  /** 32 hex digits, made by the page; whoever knows it may read and stop the answer. */
  answer: 'switchyard-answer',
  /** 32 hex digits, made by the page, the same for each connection that it opens. */
  channel: 'switchyard-channel',
  /**
   * With GET: the answers to go on with, separated by commas, each `<answer id>@<bytes received>`; with `~` instead of
   * `@` while the page has no reply yet to the request, so that the relay may not know of the answer.
   */
  have: 'switchyard-have',
  /** On the channel's reply: milliseconds for which an answer without a reader is kept. */
  keepMs: 'switchyard-keep-ms',
} as const;

/**
 * A channel is a row of frames: 1 byte type, 4 bytes length of the payload (big endian), 16 bytes answer id, payload.
 * `head` holds a LaneHead as JSON, `data` bytes of the answer, `error` a RelayErrorBody as JSON, the others nothing.
 */
export const frameTypes = { alive: 0, head: 1, data: 2, end: 3, error: 4 } as const;
export const frameHeaderBytes = 21;
export const longestFramePayload = 65_536;

/** A channel that is silent for longer is dead: the relay sends `alive` more than twice in this time. */
export const channelSilenceMs = 25_000;

export interface LaneHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Position in the answer of the first byte that follows. */
  readonly from: number;
}

export interface RelayHealth {
  readonly status: 'ok';
  readonly version: string;
}

export interface UpstreamSummary {
  readonly id: string;
  readonly kind: ServerKind;
  readonly label: string;
}

/** `put`, `vectors`, `remove` and `drop` only where the configuration allows changes. */
export const databaseWorks = ['kept', 'search', 'read', 'put', 'vectors', 'remove', 'drop'] as const;
export type DatabaseWork = (typeof databaseWorks)[number];

/** A collection of passages in a vector database. Owners are collections of pages; all find what any has put in. */
export interface DatabaseSummary extends SearchSummary {
  /** Length of a vector. */
  readonly dimensions: number;
  readonly allowsChanges: boolean;
}

export interface DatabaseRequests {
  readonly kept: { readonly owner: string };
  readonly search: {
    /** Empty: words are not searched. */
    readonly text: string;
    /** Absent: meaning is not searched. */
    readonly vector?: readonly number[];
    /** What made the vector: only those of the same are compared. */
    readonly model?: string;
    readonly documentIds?: readonly string[];
    /** Milliseconds since 1970. */
    readonly from?: number;
    readonly until?: number;
    /** Chunks that each side proposes. */
    readonly depth: number;
  };
  readonly read: {
    readonly ranges: readonly {
      readonly documentId: string;
      readonly first: number;
      readonly last: number;
    }[];
  };
  /** Takes the place of what the document was before. */
  readonly put: {
    readonly owner: string;
    readonly documentId: string;
    readonly name: string;
    /** Milliseconds since 1970. */
    readonly changedAt: number;
    /** Names this very content. */
    readonly content: string;
    readonly model?: string;
    readonly passages: readonly DatabasePassage[];
  };
  readonly vectors: {
    readonly owner: string;
    readonly documentId: string;
    readonly model: string;
    readonly vectors: readonly (readonly number[])[];
  };
  readonly remove: { readonly owner: string; readonly documentId: string };
  readonly drop: { readonly owner: string };
}

export interface DatabasePassage {
  /** Offsets in UTF-16 units of the document's text. */
  readonly start: number;
  readonly end: number;
  readonly page?: number;
  readonly headings: readonly string[];
  readonly text: string;
  readonly vector?: readonly number[];
}

export interface DatabaseReplies {
  readonly kept: {
    readonly documents: readonly {
      readonly documentId: string;
      readonly content: string;
      /** What made its vectors; empty where it has none. */
      readonly model: string;
      readonly chunks: number;
    }[];
  };
  readonly search: {
    readonly candidates: readonly {
      readonly documentId: string;
      readonly chunk: number;
      /** How many its document has. */
      readonly chunks: number;
      readonly keyword?: number;
      readonly dense?: number;
    }[];
    /** Of the cosines of the question with the passages, from a sample. */
    readonly mean: number;
    readonly deviation: number;
  };
  readonly put: Readonly<Record<string, never>>;
  readonly vectors: Readonly<Record<string, never>>;
  readonly remove: Readonly<Record<string, never>>;
  readonly drop: Readonly<Record<string, never>>;
  /** By document and place. */
  readonly read: {
    readonly passages: readonly (Omit<DatabasePassage, 'vector'> & {
      readonly documentId: string;
      readonly owner: string;
      readonly name: string;
      readonly chunk: number;
    })[];
  };
}

export interface SearchSummary {
  readonly id: string;
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
  /** Addresses that search for a collection of documents; absent where the configuration names none. */
  readonly searches?: readonly SearchSummary[];
  /** Vector databases for collections; absent where the configuration names none. */
  readonly databases?: readonly DatabaseSummary[];
  /** `SWITCHYARD_MODEL_MIRROR`: asked for model files before the hub; absolute, without a trailing slash. */
  readonly modelMirror?: string;
  /** `RELAY_ALLOW_MODEL_CHANGES`: models may be pulled, deleted, loaded and unloaded on servers through the relay. */
  readonly allowsModelChanges?: boolean;
  /** The name of the token that this answer was given for; absent where the relay asks for none. */
  readonly signedInAs?: string;
  readonly version: string;
}

export type UpstreamState = 'ready' | 'unreachable' | 'unauthorized' | 'misconfigured';

export interface UpstreamStatus extends UpstreamSummary {
  /** Where the server itself is, for a person to read or to call directly. Never contains credentials. */
  readonly url: string;
  readonly state: UpstreamState;
  /** Whether the relay adds a key to what it passes on. */
  readonly hasKey: boolean;
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
