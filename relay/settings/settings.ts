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

export interface RelaySettings {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly backendType: RelayConfig['backendType'];
  readonly defaultModel?: string;
  readonly upstreams: readonly UpstreamSettings[];
  readonly token?: string;
  /** Exact origins of other pages that may call. */
  readonly allowedOrigins: readonly string[];
  /** Host names, with or without a port, under which the relay may be called besides its own. */
  readonly allowedHosts: readonly string[];
  /** An upstream that is silent for longer is given up, in milliseconds; 0 waits for ever. */
  readonly idleTimeoutMs: number;
  readonly bodyLimitBytes: number;
  readonly pageDirectory: string;
  readonly modelsDirectory: string;
  /** Asked by the page for model files before the hub; absolute, without a trailing slash. */
  readonly modelMirror?: string;
  readonly version: string;
}

/** A setting that cannot be used. The message is one sentence for a person and names the variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
