/** What all lists of the configuration file have in common: ids of their own, and keys from the environment. */
import type { Environment } from './environment';
import { SettingsError } from './settings';

/**
 * @param what stands before the id in the message
 * @returns throws SettingsError for an id that it was given before
 */
export function refuseTwice(what: string, path: string | undefined): (id: string) => void {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id))
      throw new SettingsError(`SWITCHYARD_CONFIG: the ${what} "${id}" stands twice in ${path}.`);
    seen.add(id);
  };
}

/**
 * @param owner whose key it is, for the message
 * @returns undefined where no variable is named
 * @throws SettingsError where the variable is empty
 */
export function keyFrom(
  variable: string | undefined,
  owner: string,
  variables: Environment,
): string | undefined {
  if (variable === undefined) return undefined;
  const key = variables[variable]?.trim();
  if (!key) throw new SettingsError(`${variable} is not set, but ${owner} needs it as its key.`);
  return key;
}
