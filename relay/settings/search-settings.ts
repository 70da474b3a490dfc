/** The searches that the configuration file names, with their keys from the environment. */
import type { ConfigFile } from './config-schema';
import type { Environment } from './environment';
import { keyFrom, refuseTwice } from './named-entries';
import type { SearchSettings } from './settings';

/** @throws SettingsError */
export function searchesFromFile(
  file: (Pick<ConfigFile, 'searches'> & { readonly path: string }) | undefined,
  variables: Environment,
): SearchSettings[] {
  const takeId = refuseTwice('search', file?.path);
  return (file?.searches ?? []).map(({ id, label = id, url, apiKeyEnv }) => {
    takeId(id);
    const apiKey = keyFrom(apiKeyEnv, `the search "${id}" of ${file?.path}`, variables);
    return { id, label, url, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) };
  });
}
