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
import { modelId, startSubjects } from './screen/subjects.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { measureMainThread } from './shared/main-thread.mjs';
import { figuresOf, mainThreadReport } from './shared/main-thread-report.mjs';

/** @typedef {import('./screen/subjects.mjs').Subject} Subject */
/** @typedef {import('./shared/main-thread-report.mjs').Figures} Figures */

/** @param {{ rounds?: number, tokens?: number, rate?: number }} [options] `rate` in tokens per second */
export async function run({ rounds = 5, tokens: count = 10_000, rate = 1000 } = {}) {
  /** @type {{ module: typeof import('./page/render/answer') }} */
  const { module: answer } = await runnerImport(join(import.meta.dirname, 'page', 'render', 'answer.ts'));
  const tokens = answer.makeTokens(count);
  const folder = await mkdtemp(join(tmpdir(), 'screen-bench-'));
  const server = await startStreamServer({ [modelId]: { tokens, rate } });
  const subjects = await startSubjects(server.url, answer.endMark, folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {Map<string, Figures[]>} */
  const measured = new Map(subjects.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const subject of inTurns(subjects, round)) {
        measured.get(subject.name)?.push(await measure(browser, subject, tokens.length, server.endedAt));
      }
    }
  } finally {
    await browser.close();
    await Promise.all(subjects.map(({ stop }) => stop()));
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return mainThreadReport('screen', rounds, measured);
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
  const measured = await measureMainThread(page, async () => {
    drawnAt = await stream();
  });
  await context.close();
  return figuresOf(measured, { tokens, behindMs: drawnAt - streamEndedAt() });
}
