/** What the relay was told to do: the checked form of its environment. */
import type { RelayConfig } from '../contract';
import type { ServerKind } from '../../src/core/connection';

export interface UpstreamSettings {
  /** Part of the address `/relay/<id>/…`. */
  readonly id: string;
  readonly kind: ServerKind;
  readonly label: string;
  /** Absolute URL without credentials, trailing slash or `/v1`: paths of the page are added to it. */
  readonly baseUrl: string;
  /** Sent as `Authorization` to this upstream and to nobody else. */
  readonly authorization?: string;
}

/** An address that searches, reached at `/api/searches/<id>`. */
export interface SearchSettings {
  readonly id: string;
  readonly label: string;
  /** Absolute URL; it may have a query of its own. */
  readonly url: string;
  /** Sent as `Authorization` to this address and to nobody else. */
  readonly authorization?: string;
}

/** One table of passages in PostgreSQL, reached at `/api/databases/<id>/…`. */
export interface DatabaseSettings {
  readonly id: string;
  readonly label: string;
  /** `postgres://…`, with user and password; never told to anybody. */
  readonly url: string;
  /** Lower-case letters, digits and _: stands in statements as it is. */
  readonly table: string;
  /** Length of a vector. */
  readonly dimensions: number;
  /** A text search configuration of PostgreSQL; stands in statements as it is. */
  readonly language: DatabaseLanguage;
  /** Whether callers may put documents into it and take their own out. */
  readonly allowsChanges: boolean;
}

/** Those that PostgreSQL brings along and that occur in documents most; `simple` knows no word forms. */
export const databaseLanguages = [
  'simple',
  'danish',
  'dutch',
  'english',
  'finnish',
  'french',
  'german',
  'italian',
  'norwegian',
  'portuguese',
  'romanian',
  'russian',
  'spanish',
  'swedish',
  'turkish',
] as const;
export type DatabaseLanguage = (typeof databaseLanguages)[number];

/** One who may call, by a token of its own. */
export interface TokenSettings {
  /** Letters, digits, - and _. */
  readonly name: string;
  readonly value: string;
  /** Forwarded requests; absent for no limit. */
  readonly requestsPerMinute?: number;
  /** Forwarded requests that run at the same time; absent for no limit. */
  readonly concurrent?: number;
}

/** PEM text that has been checked to fit together. */
export interface TlsSettings {
  readonly cert: string;
  readonly key: string;
}

/** How long and how large things may be. Milliseconds and bytes; 0 where it says so means no limit. */
export interface RelayLimits {
  readonly connectTimeoutMs: number;
  /** An upstream that is silent for longer is given up; 0 waits for ever. */
  readonly idleTimeoutMs: number;
  /** From the arrival of a forwarded request to the end of its answer; 0 waits for ever. */
  readonly totalTimeoutMs: number;
  /** How long a caller may take to send the head of a request, and the whole of it. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly headerLimitBytes: number;
  readonly bodyLimitBytes: number;
}

export const logLevels = ['off', 'error', 'warn', 'info'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface RelaySettings extends RelayLimits {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly backendType: RelayConfig['backendType'];
  readonly defaultModel?: string;
  readonly upstreams: readonly UpstreamSettings[];
  readonly searches: readonly SearchSettings[];
  readonly databases: readonly DatabaseSettings[];
  /** Empty: everybody who reaches the relay may call. */
  readonly tokens: readonly TokenSettings[];
  readonly tls?: TlsSettings;
  /** Exact origins of other pages that may call. */
  readonly allowedOrigins: readonly string[];
  /** Host names, with or without a port, under which the relay may be called besides its own. */
  readonly allowedHosts: readonly string[];
  /** How long running answers may go on after a signal to end. */
  readonly shutdownGraceMs: number;
  readonly logLevel: LogLevel;
  readonly hasMetrics: boolean;
  /** Comments in a stream of events that has not begun, at this distance in milliseconds; 0 sends none. */
  readonly sseKeepaliveMs: number;
  /** Whether pages may have their answers over one connection; otherwise each request is answered by itself. */
  readonly hasLanes: boolean;
  /** An answer whose reader has gone is kept for so long, in milliseconds; with 0 it ends with its reader. */
  readonly keepAnswerMs: number;
  /** Memory for the answers that are kept, all together. */
  readonly keepAnswerBytes: number;
  readonly pageDirectory: string;
  readonly modelsDirectory: string;
  /** Asked by the page for model files before the hub; absolute, without a trailing slash. */
  readonly modelMirror?: string;
  /** Whether requests that change what models a server has are passed on. */
  readonly allowsModelChanges: boolean;
  readonly version: string;
}

/** A setting that cannot be used. The message is a sentence for a person, or one per line, and names the variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
