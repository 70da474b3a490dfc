/** The folder of models that the relay serves. */
import { resolve } from 'node:path';
import { root } from './root.mjs';

/** @param {NodeJS.ProcessEnv} [environment] `RELAY_MODELS_DIR` names another place, as it does for the relay */
export function modelsDirectory(environment = process.env) {
  return resolve(root, environment.RELAY_MODELS_DIR ?? 'models');
}
