/** Gets the starter embedding model while the page is served already: nobody has to wait for it. */
import { join } from 'node:path';
import { root } from '../shared/root.mjs';
import { run } from '../shared/run.mjs';
import { isStarterEmbedderThere } from '../starter-embedder.mjs';

/** In a process of its own, so that this one keeps its memory and answers meanwhile; it ends with this one. */
export async function ensureEmbedderInBackground() {
  if (process.env.STARTER_MODEL === 'off' || (await isStarterEmbedderThere())) return;
  await run(process.execPath, [join(root, 'scripts', 'starter-embedder.mjs')]);
}
