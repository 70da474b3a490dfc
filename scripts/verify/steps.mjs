/** The steps of a verification: each runs a script of package.json and gives a tally. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { npm } from '../shared/npm.mjs';
import { root } from '../shared/root.mjs';
import { countPlaywright } from './count-playwright.mjs';
import { countVitest } from './count-vitest.mjs';
import { honest } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

const checkTimeoutMs = 20 * 60_000;
const testTimeoutMs = 45 * 60_000;

/**
 * One command that passes or fails as a whole.
 * @param {string} script a name in package.json
 * @returns {Promise<Tally>}
 */
export async function runCheck(script) {
  const { code, output } = await npm(['run', '--silent', script], {
    output: 'capture',
    timeoutMs: checkTimeoutMs,
  });
  if (code !== 0) showFailure(output);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {string} name of the report
 * @param {string} script a name in package.json
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [environment]
 * @returns {Promise<Tally & { skippedGroups: number }>}
 */
export async function runVitest(name, script, args, environment = {}) {
  const path = await freshReport(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${path}`];
  const { code, output } = await npm(['run', '--silent', script, '--', ...args, ...reporters], {
    output: 'capture',
    timeoutMs: testTimeoutMs,
    env: { ...process.env, ...environment },
  });
  const counted = await readReport(path, countVitest);
  const tally = { skippedGroups: 0, ...counted, ...honest(counted ?? nothing, code) };
  if (tally.failed > 0) showFailure(output);
  return tally;
}

/**
 * @param {Readonly<Record<string, string>>} environment
 * @param {readonly string[]} [specs] all of them when absent
 * @returns {Promise<Tally>}
 */
export async function runPlaywright(environment, specs = []) {
  // The configuration names this place.
  const path = await freshReport('e2e');
  const { code, output } = await npm(['run', '--silent', 'test:e2e', '--', ...specs], {
    output: 'capture',
    timeoutMs: testTimeoutMs,
    env: { ...process.env, ...environment },
  });
  const tally = honest((await readReport(path, countPlaywright)) ?? nothing, code);
  if (tally.failed > 0) showFailure(output.replace(progressLine, ''));
  return tally;
}

/** Of hundreds of tests: what failed would be lost among them. */
const progressLine = /^\[\d+\/\d+\] .*\n/gm;

/** @type {Tally} */
const nothing = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} name */
async function freshReport(name) {
  const path = join(root, 'test-results', `${name}.json`);
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  return path;
}

/**
 * @template Report, Counted
 * @param {string} path
 * @param {(report: Report) => Counted} count
 * @returns {Promise<Counted | undefined>} undefined when the run ended before it could write one
 */
async function readReport(path, count) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : count(JSON.parse(text));
}

/** @param {string} output */
function showFailure(output) {
  process.stdout.write(`${output.trimEnd()}\n`);
}
