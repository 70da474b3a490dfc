/** Builds page, relay and batch runner into `dist/`, and notes from which sources, so that a start knows whether to build again. */
import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { isMain } from './shared/is-main.mjs';
import { root } from './shared/root.mjs';
import { run } from './shared/run.mjs';
import { say } from './shared/say.mjs';

const stampPath = join(root, 'dist', '.built-from');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const inputs = [
  'src',
  'relay',
  'runner',
  'public',
  'scripts/offline',
  'index.html',
  'vite.config.ts',
  'vite.relay.config.ts',
  'vite.runner.config.ts',
  'svelte.config.js',
  'tsconfig.base.json',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** @returns {Promise<boolean>} false when the build failed; its output says why */
export async function buildIfStale() {
  const built = await readFile(stampPath, 'utf8').catch(() => undefined);
  return built === (await hashOfInputs()) || build();
}

/** @returns {Promise<boolean>} false when it failed */
export async function build() {
  // Taken before the build: what changes meanwhile is built next time.
  const stamp = await hashOfInputs();
  await rm(stampPath, { force: true });
  say('Building …');
  for (const config of ['vite.config.ts', 'vite.relay.config.ts', 'vite.runner.config.ts']) {
    const { code } = await run(process.execPath, [vite, 'build', '--config', config], { cwd: root });
    if (code !== 0) return false;
  }
  await writeFile(stampPath, stamp);
  return true;
}

async function hashOfInputs() {
  const hash = createHash('sha256').update(process.versions.node);
  for (const input of inputs) {
    for (const path of await filesUnder(join(root, input))) {
      hash.update(relative(root, path)).update('\0');
      // An input that is not there (an empty public folder is no folder in git) is a state like another.
      hash.update(await readFile(path).catch(() => 'absent'));
    }
  }
  return hash.digest('hex');
}

/** @param {string} path a file or a folder @returns {Promise<string[]>} */
async function filesUnder(path) {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (!entries) return [path];
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

if (isMain(import.meta.url)) {
  endOnSignal();
  if (!(await build())) process.exit(1);
}
