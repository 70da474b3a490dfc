/** Tells a script that was called from one that was imported. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @param {string} moduleUrl the caller's `import.meta.url` */
export function isMain(moduleUrl) {
  const called = process.argv[1];
  return called !== undefined && realpathSync(called) === realpathSync(fileURLToPath(moduleUrl));
}
