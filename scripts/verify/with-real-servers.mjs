/** Runs tests while real servers run, and ends them afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
          Object.assign(started.direct, environmentOf(server, got.service));
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
 * The same servers once more, through a relay of the current build that may load and free their models.
 * @template Result
 * @param {Readonly<Record<string, string>>} direct variables of servers, those of one kind under several names too
 * @param {(throughRelay: Record<string, string>) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withRelay(direct, use) {
  const upstreams = Object.keys(direct).flatMap((variable) => upstreamOf(variable, direct));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-live-'));
  const config = join(folder, 'relay.json');
  await writeFile(config, JSON.stringify({ upstreams: upstreams.map(({ entry }) => entry) }));
  const own = { HOST: '127.0.0.1', PORT: String(port), SWITCHYARD_CONFIG: config };
  const keys = Object.fromEntries(Object.entries(direct).filter(([name]) => name.endsWith('_API_KEY')));
  try {
    const relay = await startService({
      command: process.execPath,
      args: [join(root, 'dist', 'relay', 'server.js')],
      env: { ...withoutRelayVariables(process.env), ...keys, ...own, RELAY_ALLOW_MODEL_CHANGES: 'on' },
      url,
      readyPath: '/api/health',
      timeoutMs: 30_000,
    });
    try {
      const addresses = upstreams.map(({ variable, entry }) => [variable, `${url}/relay/${entry.id}`]);
      // What else is known of them, such as the model to ask, holds behind a relay, too.
      return await use({ ...direct, ...Object.fromEntries(addresses) });
    } finally {
      await relay.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const kinds = ['ollama', 'vllm', 'instructlab', 'llamacpp', 'openai'];

/**
 * `VLLM_THINK_BASE_URL` is a server of the kind `vllm`, for the relay under the name `vllm_think`.
 * @param {string} variable
 * @param {Readonly<Record<string, string>>} direct
 */
function upstreamOf(variable, direct) {
  if (!variable.endsWith('_BASE_URL')) return [];
  const prefix = variable.replace(/_BASE_URL$/, '');
  const id = prefix.toLowerCase();
  const kind = kinds.find((one) => id === one || id.startsWith(`${one}_`));
  if (!kind) return [];
  const key = `${prefix}_API_KEY`;
  const entry = { id, kind, baseUrl: direct[variable], ...(direct[key] && { apiKeyEnv: key }) };
  return [{ variable, entry }];
}
