/** Where large downloads live outside the checkout, so that a second clone finds them. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** @param {NodeJS.ProcessEnv} [environment] `SWITCHYARD_CACHE` names another place */
export function cacheDirectory(environment = process.env) {
  const named = environment.SWITCHYARD_CACHE;
  return named ? resolve(named) : join(homedir(), '.cache', 'switchyard');
}
