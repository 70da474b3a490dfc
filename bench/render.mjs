/**
 * Streams the same answer into several renderers in a real Chromium, in turns, and compares how busy
 * each keeps the main thread. Subjects: see page/render/subject.ts.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { measureMainThread } from './shared/main-thread.mjs';
import { figuresOf, mainThreadReport } from './shared/main-thread-report.mjs';
import { servePage } from './shared/serve-page.mjs';

/**
 * @typedef {object} Options
 * @property {number} [rounds]
 * @property {number} [tokens] length of the answer
 * @property {number} [rate] tokens per second
 * @property {string[]} [subjects] names of files in page/render/subjects; the first one is compared with the others
 */
/** @typedef {import('./shared/main-thread-report.mjs').Figures} Figures */

/** @param {Options} [options] */
export async function run(options = {}) {
  const {
    rounds = 5,
    tokens = 10_000,
    rate = 1000,
    subjects = ['switchyard', 'streaming-markdown'],
  } = options;
  const server = await servePage('render', { plugins: [svelte({ configFile: false, preprocess: [] })] });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: chromiumFlags,
  });
  /** @type {Map<string, Figures[]>} */
  const figures = new Map(subjects.map((subject) => [subject, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const subject of inTurns(subjects, round)) {
        figures.get(subject)?.push(await measure(browser, server.url, subject, { tokens, rate }));
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return mainThreadReport('render', rounds, figures);
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {string} subject
 * @param {{ tokens: number, rate: number }} order
 * @returns {Promise<Figures>}
 */
async function measure(browser, url, subject, order) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction('window.bench');
  await page.evaluate(`bench.mount(${JSON.stringify(subject)})`);
  /** @type {import('./page/render/main').Outcome} */
  let outcome = { tokens: Number.NaN, behindMs: Number.NaN };
  const measured = await measureMainThread(page, async () => {
    outcome = await page.evaluate(`bench.stream(${JSON.stringify(order)})`);
  });
  await context.close();
  return figuresOf(measured, outcome);
}
