/** Lets a script use TypeScript of the page and the relay, which Node 20 cannot read by itself. */
import { createServer } from 'vite';
import { root } from './root.mjs';

/**
 * @template Result
 * @param {(load: (path: string) => Promise<unknown>) => Promise<Result>} use gets what loads a module by its path
 *   from the root of the checkout, such as `/src/core/params.ts`; not to be called after `use` has ended
 * @returns {Promise<Result>}
 */
export async function withPageCode(use) {
  const vite = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  try {
    return await use((path) => vite.ssrLoadModule(path));
  } finally {
    await vite.close();
  }
}
