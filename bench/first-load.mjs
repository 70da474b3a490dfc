/** How much JavaScript the page loads before the first interaction, as gzip -9 makes it. Target: 80 KB. */
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { buildIfStale } from '../scripts/build.mjs';
import { freePort } from '../scripts/shared/free-port.mjs';
import { root } from '../scripts/shared/root.mjs';
import { say } from '../scripts/shared/say.mjs';
import { startService } from '../scripts/shared/start-service.mjs';
import { withoutRelayVariables } from '../scripts/shared/without-relay-variables.mjs';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';

const targetBytes = 80_000;
/** The page counts as settled when it has asked for nothing during this time. */
const quietMs = 2_000;

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
    for (let round = 0; round < rounds; round += 1) loads.push(await loadOnce(browser, relay.url));
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
          ...ratioOf(sums, Array(rounds).fill(targetBytes)),
        },
      ],
    });
  } finally {
    await browser.close();
    await relay.stop();
  }
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @returns {Promise<Map<string, number>>} bytes of each script that the page asks for, compressed; workers' scripts included
 */
async function loadOnce(browser, url) {
  // A new context has an empty cache and an empty database: a first visit.
  const context = await browser.newContext();
  /** @type {Promise<[string, number]>[]} */
  const scripts = [];
  let lastRequest = Date.now();
  context.on('request', () => (lastRequest = Date.now()));
  context.on('response', (response) => {
    // What the service worker keeps for use without a network comes later, at low priority, and nobody waits for it.
    if (isScript(response) && !response.request().serviceWorker()) scripts.push(measure(response));
  });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'load' });
    while (Date.now() - lastRequest < quietMs) await page.waitForTimeout(100);
    return new Map(await Promise.all(scripts));
  } finally {
    await context.close();
  }
}

/** @param {import('playwright').Response} response */
function isScript(response) {
  return /javascript/.test(response.headers()['content-type'] ?? '');
}

/**
 * @param {import('playwright').Response} response
 * @returns {Promise<[string, number]>}
 */
async function measure(response) {
  const body = await response.body();
  return [new URL(response.url()).pathname, gzipSync(body, { level: 9 }).length];
}
