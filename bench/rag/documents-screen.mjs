/** The documents screen of the built page in a real Chromium: what is dropped on it is read, indexed and found. */
/* global document */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { buildIfStale } from '../../scripts/build.mjs';
import { root } from '../../scripts/shared/root.mjs';
import { chromiumFlags, findChromium } from '../../tests/support/find-chromium.mjs';
import { measureMainThread } from '../shared/main-thread.mjs';
import { summarize } from '../shared/report.mjs';
import { startBuiltRelay } from '../shared/start-built-relay.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('playwright').JSHandle<DataTransfer>} Files */
/** @typedef {{ readMs: number, foundMs: number, longTasks: number[], heapMb: number }} Outcome */

const nobody = 'http://127.0.0.1:9';
const longestMs = 600_000;

/**
 * @param {number} rounds
 * @param {(page: Page) => Promise<Files>} make in the page, before anything is measured
 * @param {{ count: number, words: string }} expected how many documents there are to be, and words in one of them
 * @returns {Promise<Outcome[]>}
 */
export async function measureAdding(rounds, make, expected) {
  if (!(await buildIfStale())) throw new Error('The build failed.');
  const relay = await startBuiltRelay(nobody, join(root, 'dist', 'page'), 'none');
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({
        baseURL: relay.url,
        viewport: { width: 1280, height: 900 },
      });
      outcomes.push(await measureOnce(await context.newPage(), make, expected));
      await context.close();
    }
  } finally {
    await browser.close();
    await relay.stop();
  }
  return outcomes;
}

/**
 * @param {Page} page
 * @param {(page: Page) => Promise<Files>} make
 * @param {{ count: number, words: string }} expected
 * @returns {Promise<Outcome>}
 */
async function measureOnce(page, make, { count, words }) {
  await page.goto('/#/documents');
  const field = page.getByRole('heading', { name: 'Ask your own documents' });
  await field.waitFor();
  const dataTransfer = await make(page);
  let readMs = Number.NaN;
  let foundMs = Number.NaN;
  const { longTasks, heapMb } = await measureMainThread(page, async () => {
    const begun = performance.now();
    await field.dispatchEvent('drop', { dataTransfer });
    const counted = `${count.toLocaleString('en')} document${count === 1 ? '' : 's'}`;
    await page.waitForFunction(
      (wanted) =>
        document.querySelector('search.filter [role=status]')?.textContent === wanted &&
        !document.querySelector('section[aria-label="Work on documents"]'),
      counted,
      { polling: 50, timeout: longestMs },
    );
    readMs = performance.now() - begun;
    const search = page.getByRole('searchbox', { name: 'Search in the texts' });
    await search.fill(words);
    await search.press('Enter');
    await page.getByRole('list', { name: 'Passages' }).waitFor({ timeout: longestMs });
    foundMs = performance.now() - begun;
  });
  return { readMs, foundMs, longTasks, heapMb };
}

/**
 * @param {string} what
 * @param {readonly Outcome[]} outcomes
 * @returns {import('../rag.mjs').Part}
 */
export function partOf(what, outcomes) {
  /** @type {[metric: string, unit: string, valueOf: (outcome: Outcome) => number][]} */
  const metrics = [
    ['read and chunked', 'ms', ({ readMs }) => readMs],
    ['read, chunked and found by keyword', 'ms', ({ foundMs }) => foundMs],
    ['long tasks of the main thread', 'count', ({ longTasks }) => longTasks.length],
    ['longest task over 50 ms', 'ms', ({ longTasks }) => Math.max(0, ...longTasks)],
    ['heap of the main thread afterwards', 'MB', ({ heapMb }) => heapMb],
  ];
  return {
    rows: metrics.map(([metric, unit, valueOf]) => ({
      subject: 'switchyard',
      metric: `${what}: ${metric}`,
      unit,
      ...summarize(outcomes.map(valueOf)),
    })),
  };
}
