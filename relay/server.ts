/** The program: reads the environment, listens, says so, and ends cleanly on Ctrl-C. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endOnSignals } from './listen/end-on-signals';
import { type Installation, readSettings } from './settings/config';
import { SettingsError } from './settings/settings';
import { startRelay } from './start-relay';

try {
  const settings = readSettings(process.env, findInstallation());
  const relay = await startRelay(settings);
  endOnSignals(relay, settings.shutdownGraceMs);
  console.log(`Switchyard ready: ${relay.url}`);
} catch (thrown) {
  console.error(thrown instanceof SettingsError ? thrown.message : thrown);
  process.exitCode = 1;
}

/** The nearest folder above this file with a package.json: the file lies in `relay/` or in `dist/relay/`. */
function findInstallation(): Installation {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json')) && dirname(root) !== root) root = dirname(root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}
