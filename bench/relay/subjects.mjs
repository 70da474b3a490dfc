/** Starts what is compared, each in a process of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNginx } from './nginx.mjs';
import { startPortkey } from './portkey.mjs';
import { clientCore, ended, printedPort, startProgram, subjectCore } from './start-program.mjs';

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {number} port
 * @property {string} path
 * @property {readonly string[]} headers that only this one needs
 * @property {number} pid
 * @property {() => Promise<void>} stop
 */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/**
 * @typedef {object} Subjects
 * @property {Subject} direct the server itself, without a proxy
 * @property {Subject[]} proxies
 * @property {ChildProcess} upstream the process of `direct`, which sends {@link import('./upstream.mjs').UpstreamNews}
 * @property {string[]} skipped
 */

export const token = 'a-token-for-the-benchmark';
const path = '/v1/chat/completions';
const upstreamProgram = fileURLToPath(new URL('upstream.mjs', import.meta.url));
const bareProxy = fileURLToPath(new URL('bare-proxy.mjs', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {{ only?: readonly string[], against?: string | undefined }} [options] names of proxies; the folder of another
 *   built version
 * @returns {Promise<Subjects>}
 */
export async function startSubjects({ only, against } = {}) {
  const upstream = startProgram(process.execPath, [upstreamProgram], {
    core: clientCore,
    hasChannel: true,
  });
  const port = await printedPort(upstream, 'The server');
  const url = `http://127.0.0.1:${port}`;
  /** @type {Record<string, () => Promise<Subject | string>>} */
  const starters = {
    nginx: () => startNginx(port),
    'bare proxy': () => startNode('bare proxy', [bareProxy, url], {}, path),
    portkey: () => startPortkey(port),
    ...(against === undefined
      ? {}
      : { 'other relay': () => startRelay('other relay', resolve(against), url) }),
    relay: () => startRelay('relay', root, url),
  };
  /** @type {Subject[]} */
  const proxies = [];
  /** @type {string[]} */
  const skipped = [];
  const stop = () => ended(upstream);
  const direct = { name: 'direct', port, path, headers: [], pid: upstream.pid ?? 0, stop };
  try {
    for (const [name, start] of Object.entries(starters)) {
      if (only && !only.includes(name)) continue;
      const started = await start();
      if (typeof started === 'string') skipped.push(started);
      else proxies.push(started);
    }
  } catch (thrown) {
    await stopAll([...proxies, direct]);
    throw thrown;
  }
  return { direct, proxies, upstream, skipped };
}

/** @param {Subjects} subjects */
export async function stopSubjects({ direct, proxies }) {
  await stopAll([...proxies, direct]);
}

/** @param {readonly Subject[]} subjects */
async function stopAll(subjects) {
  await Promise.all(subjects.map(({ stop }) => stop()));
}

/** @param {string} name @param {string} folder with the built relay @param {string} upstreamUrl */
function startRelay(name, folder, upstreamUrl) {
  const program = join(folder, 'dist', 'relay', 'server.js');
  if (!existsSync(program)) throw new Error(`${program} is missing. Run "npm run build" there first.`);
  const args = [...startFlags(folder), program];
  return startNode(name, args, relayEnvironment(upstreamUrl), `/relay/openai${path}`);
}

/** What `npm start` tells Node. @param {string} folder */
function startFlags(folder) {
  /** @type {{ scripts: { start: string } }} */
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** All checks on: Host, Origin with CORS headers, token. @param {string} upstreamUrl */
function relayEnvironment(upstreamUrl) {
  return {
    PORT: '0',
    OPENAI_BASE_URL: upstreamUrl,
    OPENAI_API_KEY: 'a-key',
    RELAY_TOKEN: token,
    RELAY_ALLOWED_ORIGINS: 'https://chat.example',
  };
}

/**
 * @param {string} name
 * @param {readonly string[]} args flags of Node, the program, which prints its port, and its arguments
 * @param {Record<string, string>} env
 * @param {string} requestPath
 * @returns {Promise<Subject>}
 */
async function startNode(name, args, env, requestPath) {
  const child = startProgram(process.execPath, args, { core: subjectCore, env });
  const port = await printedPort(child, name);
  return { name, port, path: requestPath, headers: [], pid: child.pid ?? 0, stop: () => ended(child) };
}
