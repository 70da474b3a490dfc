/** Which servers the relay knows: from the variables, from the configuration file, or on their usual local ports. */
import { keyFrom, refuseTwice } from './named-entries';
import { type ServerKind, serverKinds } from '../../src/core/connection';
import type { ConfigFile } from './config-schema';
import type { CheckedEnvironment, Environment } from './environment';
import { isLoopback } from './host-names';
import { serverLabels } from './server-labels';
import { SettingsError, type UpstreamSettings } from './settings';

/** @throws SettingsError */
export function upstreamsFromEnvironment(env: CheckedEnvironment): UpstreamSettings[] {
  const given = serverKinds.flatMap((kind) => {
    const baseUrl = env[`${variablePrefix(kind)}_BASE_URL`];
    return baseUrl === undefined ? [] : [upstream({ id: kind, kind, baseUrl }, keyOf(env, kind))];
  });
  const wanted = env.LLM_BACKEND_TYPE;
  if (wanted === 'openai' && !env.OPENAI_BASE_URL) {
    throw new SettingsError('LLM_BACKEND_TYPE is openai, so OPENAI_BASE_URL must say where that server is.');
  }
  return [...given, ...usualPlaces(env, given)];
}

/** @throws SettingsError */
export function upstreamsFromFile(
  entries: NonNullable<ConfigFile['upstreams']>,
  path: string,
  variables: Environment,
): UpstreamSettings[] {
  const takeId = refuseTwice('id', path);
  return entries.map(({ apiKeyEnv, ...rest }) => {
    takeId(rest.id);
    return upstream(rest, keyFrom(apiKeyEnv, `the upstream "${rest.id}" of ${path}`, variables));
  });
}

/**
 * Ollama on 11434 and vLLM on 8000, unless told otherwise. InstructLab uses vLLM's port: one entry stands
 * for both, and its kind follows what the server says. A backend that the page opens with is always there.
 */
function usualPlaces(env: CheckedEnvironment, given: readonly UpstreamSettings[]): UpstreamSettings[] {
  const onPort8000 = env.LLM_BACKEND_TYPE === 'instructlab' ? 'instructlab' : 'vllm';
  const usual: [ServerKind, number][] = [
    ['ollama', 11_434],
    [onPort8000, 8000],
  ];
  if (env.LLM_BACKEND_TYPE === 'llamacpp') usual.push(['llamacpp', 8080]);
  return usual
    .filter(([kind, port]) => !given.some((one) => one.kind === kind || isLocalPort(one.baseUrl, port)))
    .map(([kind, port]) =>
      upstream({ id: kind, kind, baseUrl: `http://127.0.0.1:${port}` }, keyOf(env, kind)),
    );
}

function upstream(
  given: { id: string; kind: ServerKind; label?: string | undefined; baseUrl: string },
  apiKey: string | undefined,
): UpstreamSettings {
  const url = new URL(given.baseUrl);
  const basic = url.username || url.password ? basicAuthorization(url) : undefined;
  const authorization = apiKey === undefined ? basic : `Bearer ${apiKey}`;
  return {
    id: given.id,
    kind: given.kind,
    label: given.label ?? serverLabels[given.kind],
    baseUrl: url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v1$/, ''),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function basicAuthorization({ username, password }: URL): string {
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function keyOf(env: CheckedEnvironment, kind: ServerKind): string | undefined {
  return env[`${variablePrefix(kind)}_API_KEY`];
}

function variablePrefix<Kind extends ServerKind>(kind: Kind): Uppercase<Kind> {
  // toUpperCase is typed as string; a kind is a literal.
  return kind.toUpperCase() as Uppercase<Kind>;
}

function isLocalPort(baseUrl: string, port: number): boolean {
  const { hostname, port: given } = new URL(baseUrl);
  return isLoopback(hostname) && given === String(port);
}
