/** `npm run docs`: writes the pages that are made from code. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'vite';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';

/** @typedef {typeof import('./docs-params/parameters-page')} ParametersPage */

// The tables are TypeScript, which Node 20 cannot read by itself.
const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
try {
  const page = /** @type {ParametersPage} */ (
    await vite.ssrLoadModule('/scripts/docs-params/parameters-page.ts')
  );
  await writeFile(page.parametersPath, await page.parametersPage());
  say(`Written: ${page.parametersPath}`);
} finally {
  await vite.close();
}
