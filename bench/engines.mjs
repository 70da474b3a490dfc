/**
 * What our layer costs: load, time to first token, prefill and decode of each engine through it and raw, which
 * is the library called directly in a bare worker. In turns, in a real Chromium, on the same bytes.
 */
import { chromium } from 'playwright';
import { root } from '../scripts/shared/root.mjs';
import { say } from '../scripts/shared/say.mjs';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { findCases } from './engines/cases.mjs';
import { summarizeCase } from './engines/summary.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { report } from './shared/report.mjs';
import { servePage } from './shared/serve-page.mjs';

/** @typedef {import('./engines/cases.mjs').Case} Case */
/** @typedef {import('./engines/summary.mjs').Figures} Figures */
/** @typedef {import('./page/engines/main').Answered} Answered */
/** @typedef {import('./page/engines/subject').Question} Question */

const subjects = ['switchyard', 'raw'];
const contextLength = 1024;

/** @param {{ rounds?: number }} [options] each with a load of its own */
export async function run({ rounds = 5 } = {}) {
  const { cases, skipped, files } = await findCases(root, process.env);
  const server = await servePage('engines', { files });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumFlags, '--enable-unsafe-webgpu'],
  });
  try {
    const results = [];
    for (const one of cases) {
      say(`Measuring ${one.name} …`);
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.waitForFunction('window.bench');
      const devtools = await browser.newBrowserCDPSession();
      const { ours, raw } = await measure(page, devtools, one, Math.ceil(rounds * one.workload.share));
      results.push(summarizeCase(one.name, ours, raw));
      await page.close();
    }
    return report({
      name: 'engines',
      rounds,
      rows: results.flatMap(({ rows }) => rows),
      ratios: results.flatMap(({ ratios }) => ratios),
      skipped,
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {import('playwright').Page} page the only one of its browser
 * @param {import('playwright').CDPSession} devtools of the browser
 * @param {Case} measured
 * @param {number} rounds
 * @returns {Promise<{ ours: Figures, raw: Figures }>}
 */
async function measure(page, devtools, { model, device, workload }, rounds) {
  /** @param {string} method @param {unknown[]} given */
  const call = (method, ...given) =>
    page.evaluate(`bench.${method}(${given.map((one) => JSON.stringify(one)).join(', ')})`);
  /** @param {string} subject @param {Question} question */
  const ask = async (subject, question) => /** @type {Answered} */ (await call('answer', subject, question));

  const ours = emptyFigures();
  const raw = emptyFigures();
  /** @param {string} subject */
  const figuresOf = (subject) => (subject === 'raw' ? raw : ours);
  await call('prepare', model, contextLength, device);
  // The browser compiles a worker's code once and keeps it: whoever came first would pay for both.
  for (const subject of subjects) {
    await call('load', subject);
    await call('unload', subject);
  }
  for (let round = 0; round < rounds; round++) {
    const busy = new Map(subjects.map((subject) => [subject, 0]));
    for (const subject of inTurns(subjects, round)) {
      figuresOf(subject).load.push(/** @type {number} */ (await call('load', subject)));
      await ask(subject, toWrite(workload));
    }
    for (let turn = 0; turn < workload.turns; turn++) {
      const number = round * workload.turns + turn;
      for (const subject of inTurns(subjects, turn)) {
        figuresOf(subject).read.push(await ask(subject, toRead(workload, number)));
        const before = await processorSeconds(devtools);
        figuresOf(subject).written.push(await ask(subject, toWrite(workload)));
        busy.set(subject, (busy.get(subject) ?? 0) + (await processorSeconds(devtools)) - before);
      }
    }
    // The clock ticks a hundred times a second, so one answer of the tiny model would tell little.
    for (const [subject, seconds] of busy) {
      figuresOf(subject).busy.push((seconds / (workload.turns * workload.tokens)) * 1e6);
    }
    for (const subject of subjects) await call('unload', subject);
  }
  return { ours, raw };
}

/** @returns {Figures} */
function emptyFigures() {
  return { load: [], read: [], written: [], busy: [] };
}

/**
 * What all threads of all pages have had of the processor so far. Unlike the wall clock, it hardly depends on what
 * else the machine does.
 * @param {import('playwright').CDPSession} devtools of the browser
 */
async function processorSeconds(devtools) {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** @param {import('./engines/cases.mjs').Workload} workload @returns {Question} */
function toWrite({ question, tokens }) {
  return { messages: [{ role: 'user', text: question }], maxTokens: tokens };
}

/**
 * No two begin alike, so that no cache of earlier prompts saves any reading.
 * @param {import('./engines/cases.mjs').Workload} workload
 * @param {number} number
 * @returns {Question}
 */
function toRead({ phrases }, number) {
  const system = `${number} is the number of this text.`;
  return {
    messages: [
      { role: 'system', text: system },
      { role: 'user', text: 'count to ten '.repeat(phrases) },
    ],
    maxTokens: 1,
  };
}
