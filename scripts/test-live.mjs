/**
 * `npm run test:live [-- --start NAME …]`: the contract suite against real servers, directly and through the relay;
 * of the servers that it starts, also the connection doctor against wrong settings.
 */
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.mjs';
import { liveVariable, realServers } from './servers/real-servers.mjs';
import { serversNamed } from './servers/servers-named.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { endWithParent } from './shared/end-with-parent.mjs';
import { Problem } from './shared/problem.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';
import { ensureStarterModel } from './starter-model.mjs';
import { ensureChromium } from './verify/ensure-chromium.mjs';
import { runPlaywright, runVitest } from './verify/steps.mjs';
import { tallyLine, total } from './verify/tally.mjs';
import { withRealServers, withRelay } from './verify/with-real-servers.mjs';

const folder = 'tests/contract/live';
const directly = ['live-servers', 'differences', 'passage-database'].map(
  (name) => `${folder}/${name}.test.ts`,
);

/** Servers that are too heavy for `npm test`. */
const doctorSpecs = ['llamacpp', 'vllm'];

process.chdir(root);
endOnSignal();
endWithParent();

const { values } = parseArgs({ options: { start: { type: 'string', multiple: true, default: [] } } });
/** @type {ReturnType<typeof serversNamed>} */
let wanted = [];
try {
  wanted = serversNamed(values.start);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exit(1);
}
for (const { label, variable } of realServers) {
  if (!process.env[variable] && !wanted.some((server) => server.variable === variable)) {
    say(`${label} is skipped: ${variable} is not set.`);
  }
}
const gguf = wanted.length > 0 ? await ensureStarterModel() : '';
if (gguf === undefined) process.exit(1);

const { env } = process;
/** @type {Record<string, string>} servers of a person's own */
const named = {};
for (const [name, value] of Object.entries(env)) {
  if (/_(BASE_URL|API_KEY)$/.test(name) && value) named[name] = value;
}

const sum = await withRealServers(wanted, gguf, async ({ direct, ours, tally }) => {
  const started = wanted.length > 0 ? ours : {};
  /** @type {import('./verify/tally.mjs').Tally[]} */
  const tallies = [await live('live-direct', directly, { ...direct, ...started })];
  const isBuilt = await buildIfStale();
  tallies.push(
    isBuilt
      ? await withRelay({ ...named, ...direct }, (throughRelay) =>
          live('live-relay', [`${folder}/through-relay.test.ts`], throughRelay),
        )
      : { passed: 0, failed: 1, skipped: 0 },
  );
  // A server that could not be had is among the skipped groups already.
  return total([...tallies, { ...tally, skipped: 0 }]);
});
const all = total([sum, ...(await runDoctor())]);
process.exitCode = all.failed > 0 ? 1 : 0;
process.stdout.write(`${tallyLine(all)}\n`);

/**
 * @param {string} name of the report
 * @param {readonly string[]} files a server takes one at a time
 * @param {Readonly<Record<string, string>>} environment
 */
async function live(name, files, environment) {
  const startedAt = Date.now();
  const tally = await runVitest(name, 'test:unit', [...files, '--no-file-parallelism'], environment);
  process.stdout.write(`${name}: ${tallyLine(tally)} (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);
  return tally;
}

/**
 * The others are started with wrong settings by `npm test`.
 * @returns {Promise<import('./verify/tally.mjs').Tally[]>}
 */
async function runDoctor() {
  const names = wanted.map(({ name }) => name).filter((name) => doctorSpecs.includes(name));
  if (names.length === 0) return [];
  if (!(await ensureChromium()) || !(await buildIfStale())) return [{ passed: 0, failed: 1, skipped: 0 }];
  const specs = names.map((name) => `tests/e2e/doctor-${name}.spec.ts`);
  const tally = await runPlaywright({ [liveVariable]: names.join(',') }, specs);
  process.stdout.write(`connection doctor: ${tallyLine(tally)}\n`);
  return [tally];
}
