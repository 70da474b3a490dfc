/** Builds one of the pages in bench/page and serves it, cross-origin isolated as the relay does it. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { freePort } from '../../scripts/shared/free-port.mjs';

const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * @typedef {object} Extras
 * @property {import('vite').PluginOption[]} [plugins] for building it, and for what else the server has to offer
 * @property {ReadonlyMap<string, string>} [files] addresses that are no part of the page, and their files on disk
 */

/**
 * @param {string} name a folder in bench/page
 * @param {Extras} [extras]
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` ends with a slash
 */
export async function servePage(name, { plugins = [], files = new Map() } = {}) {
  const outDir = await mkdtemp(join(tmpdir(), `${name}-bench-`));
  /** @type {import('vite').InlineConfig} */
  const config = {
    configFile: false,
    root: join(import.meta.dirname, '..', 'page', name),
    base: './',
    // A path that nobody serves is a 404, not the page.
    appType: 'mpa',
    logLevel: 'error',
    plugins: [plugins, serveFiles(files)],
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
    async stop() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/**
 * @param {ReadonlyMap<string, string>} files
 * @returns {import('vite').Plugin}
 */
function serveFiles(files) {
  return {
    name: 'files-on-disk',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = files.get(decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname));
        if (path === undefined) return next();
        stat(path).then(({ size }) => {
          response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
          createReadStream(path).pipe(response);
        }, next);
      });
    },
  };
}
