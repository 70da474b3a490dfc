/**
 * Streams the same answer into several renderers in a real Chromium, in turns, and compares how busy
 * each keeps the main thread. Subjects: see page/render/subject.ts.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';
import { servePage } from './shared/serve-page.mjs';

/** Frames of a display with 60 Hz. */
const frameMs = 1000 / 60;

/**
 * @typedef {object} Options
 * @property {number} [rounds]
 * @property {number} [tokens] length of the answer
 * @property {number} [rate] tokens per second
 * @property {string[]} [subjects] names of files in page/render/subjects; the first one is compared with the others
 */
/** @typedef {{ busy: number, perToken: number, longTasks: number, longest: number, dropped: number, behind: number, heap: number, elements: number }} Figures */

/** @type {Record<keyof Figures, readonly [metric: string, unit: string]>} */
const metrics = {
  busy: ['main thread busy', '%'],
  perToken: ['main thread time per token', 'us'],
  longTasks: ['long tasks', 'count'],
  longest: ['longest task over 50 ms', 'ms'],
  dropped: ['dropped frames', 'count'],
  behind: ['behind the stream at its end', 'ms'],
  heap: ['heap after collection', 'MB'],
  elements: ['elements', 'count'],
};

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
    args: [...chromiumFlags, '--js-flags=--expose-gc', '--enable-precise-memory-info'],
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
  return summary(rounds, subjects, figures);
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
  const devtools = await context.newCDPSession(page);
  // The thread's own clock: what other programs take from the processor meanwhile does not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const counters = async () => {
    const { metrics: list } = await devtools.send('Performance.getMetrics');
    /** @param {string} name */
    return (name) => list.find((metric) => metric.name === name)?.value ?? Number.NaN;
  };
  await page.goto(url);
  await page.waitForFunction('window.bench');
  await page.evaluate(`bench.mount(${JSON.stringify(subject)})`);
  await devtools.send('HeapProfiler.collectGarbage');
  const before = await counters();
  /** @type {import('./page/render/main').Outcome} */
  const outcome = await page.evaluate(`bench.stream(${JSON.stringify(order)})`);
  const after = await counters();
  await devtools.send('HeapProfiler.collectGarbage');
  const heap = (await counters())('JSHeapUsedSize') / 1e6;
  await context.close();
  const busySeconds = after('TaskDuration') - before('TaskDuration');
  return {
    busy: (busySeconds / (after('Timestamp') - before('Timestamp'))) * 100,
    perToken: (busySeconds / outcome.tokens) * 1e6,
    longTasks: outcome.longTasks.length,
    longest: Math.max(0, ...outcome.longTasks),
    dropped: outcome.frames.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0),
    behind: outcome.behindMs,
    heap,
    elements: outcome.elements,
  };
}

/**
 * @param {number} rounds
 * @param {string[]} subjects
 * @param {Map<string, Figures[]>} figures
 */
function summary(rounds, subjects, figures) {
  /** @param {string} subject @param {keyof Figures} name */
  const values = (subject, name) => (figures.get(subject) ?? []).map((one) => one[name]);
  const names = /** @type {(keyof Figures)[]} */ (Object.keys(metrics));
  const rows = subjects.flatMap((subject) =>
    names.map((name) => {
      const [metric, unit] = metrics[name];
      return { subject, metric, unit, ...summarize(values(subject, name)) };
    }),
  );
  const [first = '', ...others] = subjects;
  const ratios = others.map((against) => ({
    metric: metrics.busy[0],
    subject: first,
    against,
    ...ratioOf(values(first, 'busy'), values(against, 'busy')),
  }));
  return report({ name: 'render', rounds, rows, ratios });
}
