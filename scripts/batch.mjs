/** `npm run batch -- run.json`: works through a run file on the servers that it names; builds the runner when stale. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';

const giveSignalsBack = endOnSignal();
if (!(await buildIfStale())) {
  say('The build failed; its output is above.');
  process.exit(2);
}
giveSignalsBack();
await import(pathToFileURL(join(root, 'dist', 'runner', 'main.js')).href);
