/** The real servers that tests may start, and how one is had: installed once, outside the checkout. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '../shared/cache-directory.mjs';
import { freePort } from '../shared/free-port.mjs';
import { say } from '../shared/say.mjs';
import { CannotInstall } from './cannot-install.mjs';
import { instructlab } from './instructlab.mjs';
import { llamaCppPython } from './llama-cpp-python.mjs';
import { llamacpp, llamacppForVectors, llamacppRouter, llamacppThatThinks } from './llamacpp.mjs';
import { ollama } from './ollama.mjs';
import { pgvector } from './pgvector.mjs';
import { vllm, vllmForVectors, vllmThatThinks } from './vllm.mjs';

/**
 * @typedef {object} Place
 * @property {string} directory where the server is installed
 * @property {NodeJS.ProcessEnv} [variables] added to its environment, where the server takes some
 * @property {readonly string[]} [flags] instead of those that the tests usually give it, where the server takes some
 * @property {string} gguf the model that it serves
 * @property {number} port
 * @property {string} [logFile] then it keeps running after this process has ended
 */

/**
 * @typedef {object} RealServer
 * @property {string} name
 * @property {string} label
 * @property {string} variable the environment variable that names its URL to the tests
 * @property {Readonly<Record<string, string>>} [more] variables that go with it, its key for example
 * @property {string} [pidVariable] names its process to tests that make a part of it fail
 * @property {string} [installedWith] the server whose installation this one starts in another way
 * @property {(directory: string) => Promise<boolean>} isInstalled looks at what is there, however it came there
 * @property {(directory: string) => Promise<void>} install throws CannotInstall with the reason
 * @property {(place: Place) => Promise<import('../shared/start-service.mjs').Service>} start
 */

/** @type {readonly RealServer[]} */
export const realServers = [
  ollama,
  instructlab,
  llamaCppPython,
  llamacpp,
  llamacppForVectors,
  llamacppThatThinks,
  llamacppRouter,
  vllm,
  vllmForVectors,
  vllmThatThinks,
  pgvector,
];

/**
 * @param {RealServer} server
 * @param {string} gguf the model that it serves
 * @param {string} [logFile] then it keeps running after this process has ended
 * @returns {Promise<{ service: import('../shared/start-service.mjs').Service } | { skipped: string }>}
 * @throws {Error} when it is installed and does not start
 */
export async function obtain(server, gguf, logFile) {
  const directory = directoryOf(server);
  try {
    await installOnce(server, directory);
  } catch (error) {
    if (error instanceof CannotInstall) return { skipped: `${server.label}: ${error.message}` };
    throw error;
  }
  say(`Starting ${server.label} …`);
  return { service: await server.start({ directory, gguf, port: await freePort(), logFile }) };
}

/** Whether it was installed before. @param {RealServer} server */
export function isObtained(server) {
  return existsSync(markerOf(server));
}

/** @param {RealServer} server */
function markerOf(server) {
  const { label } = realServers.find(({ name }) => name === server.installedWith) ?? server;
  return join(directoryOf(server), `.installed ${label.replaceAll(/[^\w.]+/g, '-')}`);
}

/** Names the servers that this project started, with commas in between. */
export const oursVariable = 'SWITCHYARD_OWN_SERVERS';

/** Names, with commas between, the servers too heavy for `npm test` that end-to-end tests may start. */
export const liveVariable = 'SWITCHYARD_LIVE_SERVERS';

/** @param {RealServer} server */
function directoryOf({ name, installedWith = name }) {
  return join(cacheDirectory(), 'servers', installedWith);
}

/**
 * The environment that names a running server to tests and to the relay.
 * @param {RealServer} server
 * @param {{ url: string, pid: number }} service
 * @returns {Record<string, string>}
 */
export function environmentOf({ variable, more, pidVariable }, { url, pid }) {
  return { [variable]: url, ...more, ...(pidVariable && { [pidVariable]: String(pid) }) };
}

/**
 * The marker is written last, so that a broken installation is never taken for whole.
 * @param {RealServer} server
 * @param {string} directory
 */
async function installOnce(server, directory) {
  const marker = markerOf(server);
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
