/** Runs tests while real servers run, and ends them afterwards. */
import { join } from 'node:path';
import { freePort } from '../shared/free-port.mjs';
import { root } from '../shared/root.mjs';
import { say } from '../shared/say.mjs';
import { startService } from '../shared/start-service.mjs';
import { withoutRelayVariables } from '../shared/without-relay-variables.mjs';
import { environmentOf, obtain, oursVariable } from '../servers/real-servers.mjs';

/** @typedef {import('../shared/start-service.mjs').Service} Service */

/**
 * @typedef {object} Started
 * @property {Record<string, string>} direct environment that names the servers themselves
 * @property {Record<string, string>} ours tells tests which of them this project started, hence with known versions and flags
 * @property {import('./tally.mjs').Tally} tally servers that cannot be had here, and those that did not start
 */

/**
 * @template Result
 * @param {readonly import('../servers/real-servers.mjs').RealServer[]} servers
 * @param {string} gguf
 * @param {(started: Started) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withRealServers(servers, gguf, use) {
  /** @type {Service[]} */
  const services = [];
  /** @type {string[]} */
  const names = [];
  /** @type {Started} */
  const started = { direct: {}, ours: {}, tally: { passed: 0, failed: 0, skipped: 0 } };
  try {
    for (const server of servers) {
      try {
        const got = await obtain(server, gguf);
        if ('skipped' in got) {
          started.tally.skipped += 1;
          say(`Skipped, ${got.skipped}`);
        } else {
          services.push(got.service);
          Object.assign(started.direct, environmentOf(server, got.service.url));
          names.push(server.name);
        }
      } catch (error) {
        started.tally.failed += 1;
        say(`${server.label} did not start. ${error instanceof Error ? error.message : error}`);
      }
    }
    started.ours = { [oursVariable]: names.join(',') };
    return await use(started);
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}

/**
 * The same servers once more, through a relay of the current build.
 * @template Result
 * @param {Readonly<Record<string, string>>} direct variables of servers
 * @param {(throughRelay: Record<string, string>) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withRelay(direct, use) {
  const variables = Object.keys(direct).filter((name) => name.endsWith('_BASE_URL'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const relay = await startService({
    command: process.execPath,
    args: [join(root, 'dist', 'relay', 'server.js')],
    env: { ...withoutRelayVariables(process.env), HOST: '127.0.0.1', PORT: String(port), ...direct },
    url,
    readyPath: '/api/health',
    timeoutMs: 30_000,
  });
  try {
    const upstreams = variables.map((variable) => [variable, `${url}/relay/${upstreamId(variable)}`]);
    // What else is known of them, such as the model to ask, holds behind a relay, too.
    return await use({ ...direct, ...Object.fromEntries(upstreams) });
  } finally {
    await relay.stop();
  }
}

/** @param {string} variable for example `OLLAMA_BASE_URL` */
function upstreamId(variable) {
  return variable.replace(/_BASE_URL$/, '').toLowerCase();
}
