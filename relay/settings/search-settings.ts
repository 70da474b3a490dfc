/** The searches that the configuration file names, with their keys from the environment. */
import type { ConfigFile } from './config-schema';
import type { Environment } from './environment';
import { SettingsError, type SearchSettings } from './settings';

/** @throws SettingsError */
export function searchesFromFile(
  file: (Pick<ConfigFile, 'searches'> & { readonly path: string }) | undefined,
  variables: Environment,
): SearchSettings[] {
  const seen = new Set<string>();
  return (file?.searches ?? []).map(({ id, label = id, url, apiKeyEnv }) => {
    if (seen.has(id))
      throw new SettingsError(`SWITCHYARD_CONFIG: the search "${id}" stands twice in ${file?.path}.`);
    seen.add(id);
    const apiKey = apiKeyEnv === undefined ? undefined : variables[apiKeyEnv]?.trim();
    if (apiKeyEnv !== undefined && !apiKey) {
      throw new SettingsError(
        `${apiKeyEnv} is not set, but the search "${id}" of ${file?.path} needs it as its key.`,
      );
    }
    return { id, label, url, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) };
  });
}
