/**
 * Streams the same answer through the relay into the whole built page and into a bare page with an
 * append-only renderer, in turns, in a real Chromium, and compares how busy each keeps the main thread.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { startStreamServer } from './screen/stream-server.mjs';
import { startSubjects } from './screen/subjects.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { measureMainThread } from './shared/main-thread.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';

/** @typedef {import('./screen/subjects.mjs').Subject} Subject */
/** @typedef {{ busy: number, perToken: number, longTasks: number, longest: number, dropped: number, behind: number, heap: number }} Figures */

/** @type {Record<keyof Figures, readonly [metric: string, unit: string]>} */
const metrics = {
  busy: ['main thread busy', '%'],
  perToken: ['main thread time per token', 'us'],
  longTasks: ['long tasks', 'count'],
  longest: ['longest task over 50 ms', 'ms'],
  dropped: ['dropped frames', 'count'],
  behind: ['behind the stream at its end', 'ms'],
  heap: ['heap after collection', 'MB'],
};

/** @param {{ rounds?: number, tokens?: number, rate?: number }} [options] `rate` in tokens per second */
export async function run({ rounds = 5, tokens: count = 10_000, rate = 1000 } = {}) {
  /** @type {{ module: typeof import('./page/render/answer') }} */
  const { module: answer } = await runnerImport(join(import.meta.dirname, 'page', 'render', 'answer.ts'));
  const tokens = answer.makeTokens(count);
  const folder = await mkdtemp(join(tmpdir(), 'screen-bench-'));
  const server = await startStreamServer(tokens, rate);
  const subjects = await startSubjects(server.url, answer.endMark, folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {Map<Subject, Figures[]>} */
  const measured = new Map(subjects.map((subject) => [subject, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const subject of inTurns(subjects, round)) {
        measured.get(subject)?.push(await measure(browser, subject, tokens.length, server.endedAt));
      }
    }
  } finally {
    await browser.close();
    await Promise.all(subjects.map(({ stop }) => stop()));
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return summary(rounds, measured);
}

/**
 * @param {import('playwright').Browser} browser
 * @param {Subject} subject
 * @param {number} tokens
 * @param {() => number} streamEndedAt
 * @returns {Promise<Figures>}
 */
async function measure(browser, { prepare }, tokens, streamEndedAt) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const stream = await prepare(page);
  // The browser looks after every frame what is under the pointer: on both pages it is the text.
  await page.mouse.move(640, 450);
  let drawnAt = Number.NaN;
  const { busySeconds, seconds, longTasks, droppedFrames, heapMb } = await measureMainThread(
    page,
    async () => {
      drawnAt = await stream();
    },
  );
  await context.close();
  return {
    busy: (busySeconds / seconds) * 100,
    perToken: (busySeconds / tokens) * 1e6,
    longTasks: longTasks.length,
    longest: Math.max(0, ...longTasks),
    dropped: droppedFrames,
    behind: drawnAt - streamEndedAt(),
    heap: heapMb,
  };
}

/**
 * @param {number} rounds
 * @param {Map<Subject, Figures[]>} measured
 */
function summary(rounds, measured) {
  const names = /** @type {(keyof Figures)[]} */ (Object.keys(metrics));
  const rows = [...measured].flatMap(([{ name: subject }, figures]) =>
    names.map((name) => {
      const [metric, unit] = metrics[name];
      return { subject, metric, unit, ...summarize(figures.map((one) => one[name])) };
    }),
  );
  const [first, ...others] = [...measured].map(([{ name }, figures]) => ({
    name,
    busy: figures.map(({ busy }) => busy),
  }));
  if (!first) throw new Error('Nothing was measured.');
  const ratios = others.map(({ name, busy }) => ({
    metric: metrics.busy[0],
    subject: first.name,
    against: name,
    ...ratioOf(first.busy, busy),
  }));
  return report({ name: 'screen', rounds, rows, ratios });
}
