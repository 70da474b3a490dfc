/** Reads the environment into RelaySettings. */
import { resolve } from 'node:path';
import { checkEnvironment, type CheckedEnvironment, type Environment } from './environment';
import { isLoopback } from './host-names';
import { type RelaySettings, SettingsError } from './settings';
import { upstreamsFromEnvironment, upstreamsFromFile } from './upstream-settings';

export interface Installation {
  /** The folder that holds `dist/` and `models/`. */
  readonly root: string;
  readonly version: string;
}

/** @throws SettingsError with one sentence that names the variable. */
export function readSettings(variables: Environment, { root, version }: Installation): RelaySettings {
  const env = checkEnvironment(variables);
  const token = env.RELAY_TOKEN;
  if (!isLoopback(env.HOST) && token === undefined) {
    throw new SettingsError(
      `HOST is ${env.HOST}, so other machines can reach the relay: set RELAY_TOKEN to a secret, or HOST to 127.0.0.1.`,
    );
  }
  return {
    host: env.HOST,
    port: env.PORT,
    backendType: env.LLM_BACKEND_TYPE,
    ...(env.DEFAULT_MODEL_NAME === undefined ? {} : { defaultModel: env.DEFAULT_MODEL_NAME }),
    upstreams: readUpstreams(env, variables),
    ...(token === undefined ? {} : { token }),
    allowedOrigins: env.RELAY_ALLOWED_ORIGINS,
    allowedHosts: env.RELAY_ALLOWED_HOSTS,
    idleTimeoutMs: env.RELAY_IDLE_TIMEOUT_MS,
    bodyLimitBytes: env.RELAY_BODY_LIMIT_BYTES,
    pageDirectory: resolve(root, env.RELAY_PAGE_DIR ?? 'dist/page'),
    modelsDirectory: resolve(root, env.RELAY_MODELS_DIR ?? 'models'),
    ...(env.SWITCHYARD_MODEL_MIRROR === undefined ? {} : { modelMirror: env.SWITCHYARD_MODEL_MIRROR }),
    version,
  };
}

function readUpstreams(env: CheckedEnvironment, variables: Environment): RelaySettings['upstreams'] {
  const file = env.SWITCHYARD_CONFIG;
  return file === undefined ? upstreamsFromEnvironment(env) : upstreamsFromFile(resolve(file), variables);
}
