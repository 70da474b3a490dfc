/** The databases that the configuration file names, with their addresses from the environment. */
import type { ConfigFile } from './config-schema';
import type { Environment } from './environment';
import { refuseTwice } from './named-entries';
import { type DatabaseSettings, SettingsError } from './settings';

/** @throws SettingsError */
export function databasesFromFile(
  file: (Pick<ConfigFile, 'databases'> & { readonly path: string }) | undefined,
  variables: Environment,
): DatabaseSettings[] {
  const takeId = refuseTwice('database', file?.path);
  return (file?.databases ?? []).map(
    ({ id, label = id, urlEnv, table, dimensions, language = 'english', allowsChanges = false }) => {
      takeId(id);
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
