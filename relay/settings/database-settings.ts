/** The databases that the configuration file names, with their addresses from the environment. */
import type { ConfigFile } from './config-schema';
import type { Environment } from './environment';
import { type DatabaseSettings, SettingsError } from './settings';

/** @throws SettingsError */
export function databasesFromFile(
  file: (Pick<ConfigFile, 'databases'> & { readonly path: string }) | undefined,
  variables: Environment,
): DatabaseSettings[] {
  const seen = new Set<string>();
  return (file?.databases ?? []).map(
    ({ id, label = id, urlEnv, table, dimensions, language = 'english', allowsChanges = false }) => {
      if (seen.has(id))
        throw new SettingsError(`SWITCHYARD_CONFIG: the database "${id}" stands twice in ${file?.path}.`);
      seen.add(id);
      const url = variables[urlEnv]?.trim() ?? '';
      if (!isDatabaseUrl(url)) {
        throw new SettingsError(
          `${urlEnv} must hold the address of the database "${id}" of ${file?.path}, such as postgres://user:password@host:5432/name.`,
        );
      }
      return { id, label, url, table, dimensions, language, allowsChanges };
    },
  );
}

function isDatabaseUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}
