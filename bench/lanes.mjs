/**
 * Twelve answers at once through one relay into a real Chromium, over lanes and each over a connection of its own, in
 * turns: how far apart they begin, and how long Stop and the relay's health take meanwhile.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { startPacedServer } from './lanes/paced-server.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';
import { startBuiltRelay } from './shared/start-built-relay.mjs';

const answers = 12;
/** Longer than the page waits before it asks for health and stops one. */
const answerMs = 4000;

/** @typedef {{ spread: number, last: number, health: number, stop: number }} Figures */

/** @type {Record<keyof Figures, string>} */
const metrics = {
  spread: 'from the first answer that begins to the last',
  last: 'from the request to the first byte of the last answer',
  health: 'health of the relay meanwhile',
  stop: 'from Stop to the closed connection of the server',
};

/** @param {{ rounds?: number }} [options] */
export async function run({ rounds = 7 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lanes-bench-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'page', 'lanes'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  });
  const server = await startPacedServer(answerMs);
  const relay = await startBuiltRelay(server.url, folder, 'paced');
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  const subjects = [
    { name: 'lanes', isPlain: false },
    { name: 'a connection each', isPlain: true },
  ];
  /** @type {Map<string, Figures[]>} */
  const measured = new Map(subjects.map(({ name }) => [name, []]));
  try {
    // The first round warms relay, server and browser up.
    for (let round = -1; round < rounds; round++) {
      for (const { name, isPlain } of inTurns(subjects, round + 1)) {
        const figures = await measure(browser, relay.url, isPlain, server.closedAt);
        if (round >= 0) measured.get(name)?.push(figures);
      }
    }
  } finally {
    await browser.close();
    await relay.stop();
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return summary(rounds, measured);
}

/**
 * In a page of its own, so that no connection is left from before.
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {boolean} isPlain
 * @param {(number: number) => Promise<number>} closedAt
 * @returns {Promise<Figures>}
 */
async function measure(browser, url, isPlain, closedAt) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  /** @type {import('./page/lanes/main').Times} */
  const { begins, health, stoppedAt } = await page.evaluate(`run(${answers}, ${isPlain})`);
  await context.close();
  const last = Math.max(...begins);
  return { spread: last - Math.min(...begins), last, health, stop: (await closedAt(0)) - stoppedAt };
}

/**
 * @param {number} rounds
 * @param {Map<string, Figures[]>} measured
 */
function summary(rounds, measured) {
  const names = /** @type {(keyof Figures)[]} */ (Object.keys(metrics));
  const rows = [...measured].flatMap(([subject, figures]) =>
    names.map((name) => ({
      subject,
      metric: metrics[name],
      unit: 'ms',
      ...summarize(figures.map((one) => one[name])),
    })),
  );
  const [lanes, plain] = [...measured];
  if (!lanes || !plain) throw new Error('Nothing was measured.');
  const ratios = names.map((name) => ({
    metric: metrics[name],
    subject: lanes[0],
    against: plain[0],
    ...ratioOf(
      lanes[1].map((one) => one[name]),
      plain[1].map((one) => one[name]),
    ),
  }));
  return report({ name: 'lanes', rounds, rows, ratios });
}
