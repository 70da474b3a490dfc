/** The real servers that tests may start, and how one is had: installed once, outside the checkout. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '../shared/cache-directory.mjs';
import { freePort } from '../shared/free-port.mjs';
import { say } from '../shared/say.mjs';
import { CannotInstall } from './cannot-install.mjs';
import { instructlab } from './instructlab.mjs';
import { llamacpp } from './llamacpp.mjs';
import { ollama } from './ollama.mjs';
import { vllm } from './vllm.mjs';

/**
 * @typedef {object} RealServer
 * @property {string} name
 * @property {string} label
 * @property {string} variable the environment variable that names its URL to the tests
 * @property {(directory: string) => Promise<boolean>} isInstalled looks at what is there, however it came there
 * @property {(directory: string) => Promise<void>} install throws CannotInstall with the reason
 * @property {(directory: string, gguf: string, port: number) => Promise<import('../shared/start-service.mjs').Service>} start
 */

/** @type {readonly RealServer[]} */
export const realServers = [ollama, instructlab, llamacpp, vllm];

/**
 * @param {RealServer} server
 * @param {string} gguf the model that it serves
 * @returns {Promise<{ service: import('../shared/start-service.mjs').Service } | { skipped: string }>}
 * @throws {Error} when it is installed and does not start
 */
export async function obtain(server, gguf) {
  const directory = join(cacheDirectory(), 'servers', server.name);
  try {
    await installOnce(server, directory);
  } catch (error) {
    if (error instanceof CannotInstall) return { skipped: `${server.label}: ${error.message}` };
    throw error;
  }
  say(`Starting ${server.label} …`);
  return { service: await server.start(directory, gguf, await freePort()) };
}

/**
 * The marker is written last, so that a broken installation is never taken for whole.
 * @param {RealServer} server
 * @param {string} directory
 */
async function installOnce(server, directory) {
  const marker = join(directory, `.installed ${server.label.replaceAll(/[^\w.]+/g, '-')}`);
  if (existsSync(marker)) return;
  await mkdir(directory, { recursive: true });
  if (!(await server.isInstalled(directory))) {
    say(`Installing ${server.label} into ${directory}, once; this takes some minutes …`);
    await server.install(directory);
    if (!(await server.isInstalled(directory)))
      throw new CannotInstall('it does not run after its installation');
  }
  await writeFile(marker, `${new Date().toISOString()}\n`);
}
