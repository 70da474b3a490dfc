/** A benchmark's own page, built as the product is and served with the two headers that threads need. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { freePort } from '../../scripts/shared/free-port.mjs';

const pages = join(import.meta.dirname, '..', 'page');
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * @param {string} name of its folder in bench/page
 * @param {import('vite').PluginOption[]} [plugins] for building it, and for what else the server has to offer
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with a slash
 */
export async function openBuiltPage(name, plugins = []) {
  const outDir = await mkdtemp(join(tmpdir(), `${name}-bench-`));
  /** @type {import('vite').InlineConfig} */
  const config = {
    configFile: false,
    root: join(pages, name),
    // A path that nobody serves is a 404, not the page.
    appType: 'mpa',
    logLevel: 'error',
    plugins,
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  };
  await build(config);
  const port = await freePort();
  const server = await preview({
    ...config,
    preview: { host: '127.0.0.1', port, strictPort: true, headers },
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
