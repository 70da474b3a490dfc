/** How much JavaScript the page loads before the first interaction, against its budget. */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { buildIfStale } from '../scripts/build.mjs';
import { freePort } from '../scripts/shared/free-port.mjs';
import { root } from '../scripts/shared/root.mjs';
import { say } from '../scripts/shared/say.mjs';
import { startService } from '../scripts/shared/start-service.mjs';
import { withoutRelayVariables } from '../scripts/shared/without-relay-variables.mjs';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { firstLoadBudget, firstLoadScripts } from './shared/first-load-scripts.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';

/** @param {{ rounds?: number }} options */
export async function run({ rounds = 3 }) {
  if (!(await buildIfStale())) throw new Error('The build failed.');
  const port = await freePort();
  const relay = await startService({
    command: process.execPath,
    args: [join(root, 'dist', 'relay', 'server.js')],
    env: { ...withoutRelayVariables(process.env), PORT: String(port) },
    url: `http://localhost:${port}`,
    readyPath: '/api/health',
    timeoutMs: 30_000,
  });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    /** @type {Map<string, number>[]} */
    const loads = [];
    for (let round = 0; round < rounds; round += 1) loads.push(await firstLoadScripts(browser, relay.url));
    for (const [path, bytes] of loads[0] ?? []) say(`${String(bytes).padStart(8)} ${path}`);
    const sums = loads.map((files) => [...files.values()].reduce((sum, bytes) => sum + bytes, 0));
    const counts = loads.map((files) => files.size);
    const metric = 'JavaScript of the first load, gzip';
    return report({
      name: 'first-load',
      rounds,
      rows: [
        { subject: 'switchyard', metric, unit: 'bytes', ...summarize(sums) },
        { subject: 'switchyard', metric: 'scripts of the first load', unit: 'files', ...summarize(counts) },
      ],
      ratios: [
        {
          metric,
          subject: 'switchyard',
          against: 'target',
          ...ratioOf(sums, Array(rounds).fill(firstLoadBudget)),
        },
      ],
    });
  } finally {
    await browser.close();
    await relay.stop();
  }
}
