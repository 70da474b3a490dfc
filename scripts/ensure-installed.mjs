/** Installs the packages when they are missing or older than the lockfile. Node's built-ins only: it runs first. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain } from './shared/is-main.mjs';
import { root } from './shared/root.mjs';
import { npm } from './shared/npm.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { say } from './shared/say.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** @param {string} version for example `20.19.0` */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** @param {string} directory the checkout */
export function isInstalled(directory) {
  const lock = readFileSync(join(directory, 'package-lock.json'), 'utf8');
  const modules = join(directory, 'node_modules');
  if (!existsSync(modules)) return false;
  const marker = join(modules, '.installed-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash(lock)) return true;
  return agrees(lock, join(modules, '.package-lock.json'));
}

/**
 * Whoever ran `npm ci` by hand left no marker of ours, but npm's own list of what it installed.
 * @param {string} lock
 * @param {string} installedList
 */
function agrees(lock, installedList) {
  if (!existsSync(installedList)) return false;
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const wanted = JSON.parse(lock);
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const present = JSON.parse(readFileSync(installedList, 'utf8'));
  return Object.entries(wanted.packages).every(
    ([path, { version, optional, devOptional }]) =>
      // An optional package may belong to another platform.
      path === '' || optional || devOptional || present.packages[path]?.version === version,
  );
}

/** @returns {Promise<boolean>} false when nothing worked */
async function install() {
  say('Installing packages (npm ci) …');
  // Development tools are needed to build, so NODE_ENV=production must not leave them out.
  if ((await npm(['ci', '--include=dev', '--no-audit', '--no-fund'])).code !== 0) {
    say('npm ci failed. Trying once more without the lockfile; versions may differ from the tested ones …');
    const args = ['install', '--no-package-lock', '--include=dev', '--no-audit', '--no-fund'];
    if ((await npm(args)).code !== 0) return false;
  }
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  writeFileSync(join(root, 'node_modules', '.installed-lock'), hash(lock));
  return true;
}

/** @param {string} text */
function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

if (isMain(import.meta.url)) {
  if (!isNodeNewEnough(process.versions.node)) {
    say(`Switchyard needs Node 20.19 or newer; this is Node ${process.versions.node}. Please update Node.`);
    process.exit(1);
  }
  endOnSignal();
  if (!isInstalled(root) && !(await install())) {
    say('The packages could not be installed. Is the network up? npm said why above.');
    process.exit(1);
  }
}
