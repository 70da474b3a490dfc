/** Settings for a relay in a test: no upstream, no page, no models, a port that the system chooses. */
import type { RelaySettings, UpstreamSettings } from '../../../../relay/settings/settings';
import type { ServerKind } from '../../../../src/core/connection';

export function settingsOf(overrides: Partial<RelaySettings> = {}): RelaySettings {
  return {
    host: '127.0.0.1',
    port: 0,
    backendType: 'local',
    upstreams: [],
    searches: [],
    databases: [],
    allowedOrigins: [],
    allowedHosts: [],
    tokens: [],
    connectTimeoutMs: 5000,
    idleTimeoutMs: 0,
    totalTimeoutMs: 0,
    headersTimeoutMs: 20_000,
    requestTimeoutMs: 300_000,
    headerLimitBytes: 16 * 1024,
    shutdownGraceMs: 0,
    logLevel: 'off',
    hasMetrics: false,
    allowsModelChanges: false,
    bodyLimitBytes: 1024 * 1024,
    sseKeepaliveMs: 0,
    hasLanes: true,
    keepAnswerMs: 60_000,
    keepAnswerBytes: 8 * 1024 * 1024,
    pageDirectory: '/nowhere/page',
    modelsDirectory: '/nowhere/models',
    version: '1.2.3',
    ...overrides,
  };
}

export function upstreamOf(
  kind: ServerKind,
  baseUrl: string,
  more: Partial<UpstreamSettings> = {},
): UpstreamSettings {
  return { id: kind, kind, label: `The ${kind}`, baseUrl, ...more };
}
