/** `npm start`: builds when something changed, gets the starter models, and serves page and relay. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { endWithParent } from './shared/end-with-parent.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';
import { ensureEmbedderInBackground } from './starter-embedder/ensure-in-background.mjs';
import { ensureStarterModel } from './starter-model.mjs';

process.chdir(root);
endWithParent();
const giveSignalsBack = endOnSignal();
const [isBuilt] = await Promise.all([buildIfStale(), ensureStarterModel()]);
if (!isBuilt) {
  say('The build failed; its output is above.');
  process.exit(1);
}
giveSignalsBack();
// In this process: whoever stops the start stops the relay, and nothing is left behind.
await import(pathToFileURL(join(root, 'dist', 'relay', 'server.js')).href);
void ensureEmbedderInBackground();
