/** The environment variables as typed values; a bad one gives a sentence that names it. */
import * as v from 'valibot';
import { serverKinds } from '../../src/core/connection';
import { isServerUrl } from './server-url';
import { logLevels, SettingsError } from './settings';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What fits into an HTTP header without quoting. */
export const secret = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]+$/, 'must consist of printable characters without spaces'),
);

const url = v.pipe(
  v.string(),
  v.check(isServerUrl, 'must be an http or https URL without query, such as http://localhost:11434'),
);

/** The page asks it, so what stands here is no secret. */
const mirror = v.pipe(
  v.string(),
  v.check(
    isAddressForPages,
    'must be an http or https URL without user name, password and query, such as https://models.example',
  ),
  v.transform((address) => address.replace(/\/+$/, '')),
);

const origins = v.pipe(
  v.string(),
  v.transform(splitList),
  v.array(
    v.pipe(
      v.string(),
      v.check(isOrigin, 'must list exact origins such as https://chat.example (no path, no *)'),
    ),
  ),
);

const hosts = v.pipe(
  v.string(),
  v.transform(splitList),
  v.array(
    v.pipe(
      v.string(),
      v.toLowerCase(),
      v.regex(
        /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/,
        'must list host names such as chat.lan or chat.lan:8080 (no *)',
      ),
    ),
  ),
);

const aDayMs = 86_400_000;

const environment = v.object({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(wholeNumber(0, 65_535), '4173'),
  LLM_BACKEND_TYPE: v.optional(
    v.picklist(['local', ...serverKinds], `must be one of local, ${serverKinds.join(', ')}`),
    'local',
  ),
  DEFAULT_MODEL_NAME: v.optional(v.string()),
  OLLAMA_BASE_URL: v.optional(url),
  VLLM_BASE_URL: v.optional(url),
  INSTRUCTLAB_BASE_URL: v.optional(url),
  LLAMACPP_BASE_URL: v.optional(url),
  OPENAI_BASE_URL: v.optional(url),
  OLLAMA_API_KEY: v.optional(secret),
  VLLM_API_KEY: v.optional(secret),
  INSTRUCTLAB_API_KEY: v.optional(secret),
  LLAMACPP_API_KEY: v.optional(secret),
  OPENAI_API_KEY: v.optional(secret),
  SWITCHYARD_CONFIG: v.optional(v.string()),
  SWITCHYARD_MODEL_MIRROR: v.optional(mirror),
  RELAY_TOKEN: v.optional(secret),
  RELAY_ALLOWED_ORIGINS: v.optional(origins, ''),
  RELAY_ALLOWED_HOSTS: v.optional(hosts, ''),
  RELAY_TLS_CERT: v.optional(v.string()),
  RELAY_TLS_KEY: v.optional(v.string()),
  RELAY_CONNECT_TIMEOUT_MS: v.optional(wholeNumber(1, aDayMs), '5000'),
  RELAY_IDLE_TIMEOUT_MS: v.optional(wholeNumber(0, aDayMs), '0'),
  RELAY_TOTAL_TIMEOUT_MS: v.optional(wholeNumber(0, aDayMs), '0'),
  RELAY_HEADERS_TIMEOUT_MS: v.optional(wholeNumber(1000, aDayMs), '20000'),
  RELAY_REQUEST_TIMEOUT_MS: v.optional(wholeNumber(1000, aDayMs), '300000'),
  RELAY_HEADER_LIMIT_BYTES: v.optional(wholeNumber(1024, 1_048_576), String(16 * 1024)),
  RELAY_BODY_LIMIT_BYTES: v.optional(wholeNumber(1024, 1_073_741_824), String(32 * 1024 * 1024)),
  RELAY_SHUTDOWN_GRACE_MS: v.optional(wholeNumber(0, aDayMs), '10000'),
  RELAY_LOG: v.optional(v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`), 'warn'),
  RELAY_ALLOW_MODEL_CHANGES: v.optional(v.picklist(['on', 'off'], 'must be on or off'), 'off'),
  RELAY_METRICS: v.optional(v.picklist(['on', 'off'], 'must be on or off'), 'off'),
  RELAY_SSE_KEEPALIVE_MS: v.optional(wholeNumber(0, aDayMs), '0'),
  RELAY_LANES: v.optional(v.picklist(['on', 'off'], 'must be on or off'), 'on'),
  RELAY_KEEP_ANSWER_MS: v.optional(wholeNumber(0, aDayMs), '60000'),
  RELAY_KEEP_ANSWER_BYTES: v.optional(wholeNumber(1_048_576, 4_294_967_296), String(64 * 1024 * 1024)),
  RELAY_PAGE_DIR: v.optional(v.string()),
  RELAY_MODELS_DIR: v.optional(v.string()),
});

export type CheckedEnvironment = v.InferOutput<typeof environment>;

/** @throws SettingsError */
export function checkEnvironment(variables: Environment): CheckedEnvironment {
  // `NAME=` in a shell or a compose file means "not set".
  const present = Object.entries(variables).filter(([, value]) => value?.trim());
  const result = v.safeParse(
    environment,
    Object.fromEntries(present.map(([name, value]) => [name, value?.trim()])),
  );
  if (result.success) return result.output;
  const issue = result.issues[0];
  const name = String(issue.path?.[0].key);
  // URLs and keys may hold a secret, so their value is not repeated.
  const shown = /_KEY$|_TOKEN$|_URL$|_MIRROR$/.test(name) ? '' : ` It is "${variables[name] ?? ''}".`;
  throw new SettingsError(`${name} ${issue.message}.${shown}`);
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,12}$/, message),
    v.transform(Number),
    v.minValue(min, message),
    v.maxValue(max, message),
  );
}

function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function isAddressForPages(text: string): boolean {
  return isServerUrl(text) && new URL(text).username === '' && new URL(text).password === '';
}

function isOrigin(text: string): boolean {
  return isServerUrl(text) && new URL(text).origin === text;
}
