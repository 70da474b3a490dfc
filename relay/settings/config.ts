/** Reads the environment, and the file that it may name, into RelaySettings. */
import { resolve } from 'node:path';
import { readConfigFile } from './config-file';
import { databasesFromFile } from './database-settings';
import { checkEnvironment, type Environment } from './environment';
import { isLoopback } from './host-names';
import { searchesFromFile } from './search-settings';
import { type RelaySettings, SettingsError } from './settings';
import { readTls } from './tls-settings';
import { readTokens } from './token-settings';
import { upstreamsFromEnvironment, upstreamsFromFile } from './upstream-settings';

export interface Installation {
  /** The folder that holds `dist/` and `models/`. */
  readonly root: string;
  readonly version: string;
}

/** @throws SettingsError with a sentence that names the variable */
export function readSettings(variables: Environment, { root, version }: Installation): RelaySettings {
  const env = checkEnvironment(variables);
  const path = env.SWITCHYARD_CONFIG === undefined ? undefined : resolve(env.SWITCHYARD_CONFIG);
  const file = path === undefined ? undefined : { path, ...readConfigFile(path) };
  const tokens = readTokens(env.RELAY_TOKEN, file, variables);
  if (!isLoopback(env.HOST) && tokens.length === 0) {
    throw new SettingsError(
      `HOST is ${env.HOST}, so other machines can reach the relay: set RELAY_TOKEN to a secret, or HOST to 127.0.0.1.`,
    );
  }
  const tls = readTls(env);
  return {
    host: env.HOST,
    port: env.PORT,
    backendType: env.LLM_BACKEND_TYPE,
    ...(env.DEFAULT_MODEL_NAME === undefined ? {} : { defaultModel: env.DEFAULT_MODEL_NAME }),
    upstreams: file?.upstreams
      ? upstreamsFromFile(file.upstreams, file.path, variables)
      : upstreamsFromEnvironment(env),
    searches: searchesFromFile(file, variables),
    databases: databasesFromFile(file, variables),
    tokens,
    ...(tls === undefined ? {} : { tls }),
    allowedOrigins: env.RELAY_ALLOWED_ORIGINS,
    allowedHosts: env.RELAY_ALLOWED_HOSTS,
    connectTimeoutMs: env.RELAY_CONNECT_TIMEOUT_MS,
    idleTimeoutMs: env.RELAY_IDLE_TIMEOUT_MS,
    totalTimeoutMs: env.RELAY_TOTAL_TIMEOUT_MS,
    headersTimeoutMs: env.RELAY_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: env.RELAY_REQUEST_TIMEOUT_MS,
    headerLimitBytes: env.RELAY_HEADER_LIMIT_BYTES,
    bodyLimitBytes: env.RELAY_BODY_LIMIT_BYTES,
    shutdownGraceMs: env.RELAY_SHUTDOWN_GRACE_MS,
    logLevel: env.RELAY_LOG,
    allowsModelChanges: env.RELAY_ALLOW_MODEL_CHANGES === 'on',
    hasMetrics: env.RELAY_METRICS === 'on',
    sseKeepaliveMs: env.RELAY_SSE_KEEPALIVE_MS,
    hasLanes: env.RELAY_LANES === 'on',
    keepAnswerMs: env.RELAY_KEEP_ANSWER_MS,
    keepAnswerBytes: env.RELAY_KEEP_ANSWER_BYTES,
    pageDirectory: resolve(root, env.RELAY_PAGE_DIR ?? 'dist/page'),
    modelsDirectory: resolve(root, env.RELAY_MODELS_DIR ?? 'models'),
    ...(env.SWITCHYARD_MODEL_MIRROR === undefined ? {} : { modelMirror: env.SWITCHYARD_MODEL_MIRROR }),
    version,
  };
}
