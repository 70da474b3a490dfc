/** Who may call: RELAY_TOKEN and the named tokens of the configuration file. */
import * as v from 'valibot';
import type { ConfigFile } from './config-schema';
import { type Environment, secret } from './environment';
import { SettingsError, type TokenSettings } from './settings';

/** @throws SettingsError */
export function readTokens(
  relayToken: string | undefined,
  file: (Pick<ConfigFile, 'tokens'> & { readonly path: string }) | undefined,
  variables: Environment,
): TokenSettings[] {
  const named = file?.tokens ?? [];
  const tokens = named.map(({ name, tokenEnv, requestsPerMinute, concurrent }) => ({
    name,
    value: valueOf(tokenEnv, `the token "${name}" of ${file?.path} needs it`, variables),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(concurrent === undefined ? {} : { concurrent }),
  }));
  // An entry that names RELAY_TOKEN gives it another name or limits.
  if (relayToken !== undefined && !named.some(({ tokenEnv }) => tokenEnv === 'RELAY_TOKEN')) {
    tokens.unshift({ name: 'relay', value: relayToken });
  }
  refuseTwins(tokens);
  return tokens;
}

function valueOf(variable: string, why: string, variables: Environment): string {
  const value = variables[variable]?.trim();
  if (!value) throw new SettingsError(`${variable} is not set, but ${why}.`);
  const result = v.safeParse(secret, value);
  if (!result.success) throw new SettingsError(`${variable} ${result.issues[0].message}.`);
  return value;
}

function refuseTwins(tokens: readonly TokenSettings[]): void {
  for (const [index, { name, value }] of tokens.entries()) {
    const others = tokens.slice(0, index);
    if (others.some((other) => other.name === name)) {
      throw new SettingsError(
        `SWITCHYARD_CONFIG: two tokens have the name "${name}"; RELAY_TOKEN is called "relay" unless the file names it.`,
      );
    }
    const twin = others.find((other) => other.value === value);
    if (twin) {
      throw new SettingsError(
        `SWITCHYARD_CONFIG: the tokens "${twin.name}" and "${name}" have the same value; give each its own.`,
      );
    }
  }
}
