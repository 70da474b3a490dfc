/** Writes `/service-worker.js` into a built page: our service worker with the list of the files beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { build } from 'vite';
import {
  pageHeaders,
  reachWorkerHeaders,
  sandboxHeaders,
  scriptHeaders,
} from '../../relay/replies/security-headers';
import { root } from '../shared/root.mjs';
import { describeBuild } from './describe-build';

const name = 'service-worker';

/** @param directory of the built page; the service worker of an earlier call is replaced */
export async function writeServiceWorker(directory: string): Promise<void> {
  const files = new Map<string, Buffer>();
  for (const path of filesUnder(directory)) {
    if (path !== `/${name}.js`) files.set(path, readFileSync(join(directory, path)));
  }
  const engineWorkers = filesUnder(join(root, 'src', 'backends'))
    .filter((path) => path.endsWith('.worker.ts'))
    .map((path) => basename(path, '.ts'));
  const headers = [pageHeaders, scriptHeaders, reachWorkerHeaders, sandboxHeaders];
  const offlineBuild = describeBuild(files, engineWorkers, headers);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    define: { offlineBuild: JSON.stringify(offlineBuild) },
    build: {
      target: 'es2022',
      outDir: directory,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: {
        entry: join(root, 'src', 'offline', 'offline.worker.ts'),
        // A classic script: not every browser takes a module here.
        formats: ['iife'],
        name: 'offline',
        fileName: () => `${name}.js`,
      },
    },
  });
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(directory).length).split(sep).join('/'))
    .sort();
}
