/**
 * Bytes moved and time for a model file from a server that cuts connections: our downloader, and Transformers.js
 * alone with a person who tries again. And without cuts: our downloader beside a plain fetch to a private file.
 *
 * Nobody uses the browser's HTTP cache: it goes on where a small file was cut, but has no room for a model's.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { root } from '../scripts/shared/root.mjs';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { faultQuery, summary } from './download/figures.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { servePage } from './shared/serve-page.mjs';

/** @typedef {import('./download/figures.mjs').Figures} Figures */
/** @typedef {import('./download/figures.mjs').Trial} Trial */

/** @param {{ rounds?: number, bytes?: number, cuts?: readonly number[] }} [options] */
export async function run({ rounds = 5, bytes = 64e6, cuts = [0, 1, 4, 16] } = {}) {
  /** @type {{ module: typeof import('../tests/support/faulty-files') }} */
  const { module: server } = await runnerImport(join(root, 'tests', 'support', 'faulty-files.ts'));
  const page = await servePage('download', { plugins: [server.faultyFiles()] });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {readonly (Trial & { subjects: readonly string[] })[]} */
  const trials = [
    ...cuts.map((count) => ({
      kind: /** @type {const} */ ('cuts'),
      cuts: count,
      bytes,
      subjects: ['switchyard', 'transformers.js'],
    })),
    { kind: 'speed', cuts: 0, bytes, subjects: ['switchyard', 'switchyard, checked', 'plain fetch'] },
  ];
  /** @type {Figures[]} */
  const measured = [];
  try {
    for (const trial of trials) {
      for (let round = 0; round < rounds; round++) {
        for (const subject of inTurns(trial.subjects, round)) {
          measured.push(await measure(browser, page.url, subject, trial));
        }
      }
    }
  } finally {
    await browser.close();
    await page.stop();
  }
  return summary(rounds, measured);
}

/**
 * One download in a browser that has never seen the file.
 * @param {import('playwright').Browser} browser
 * @param {string} url of the page
 * @param {string} subject
 * @param {Trial} trial
 * @returns {Promise<Figures>}
 */
async function measure(browser, url, subject, trial) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction('"download" in window');
    const name = randomUUID();
    const query = faultQuery(trial);
    const wanted = {
      name,
      url: `${url}faulty/${name}/file?${query}`,
      bytes: trial.bytes,
      ...(subject.endsWith('checked') && { sha256: await textOf(`${url}faulty-hash/?${query}`) }),
    };
    const seconds = await page.evaluate(`download(${JSON.stringify(subject)}, ${JSON.stringify(wanted)})`);
    /** @type {{ requests: number, bytes: number }} */
    const log = JSON.parse(await textOf(`${url}faulty-log/${name}/file`));
    return {
      trial,
      subject,
      seconds: Number(seconds),
      requests: log.requests,
      movedShare: log.bytes / trial.bytes,
    };
  } finally {
    await context.close();
  }
}

/** @param {string} url */
async function textOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered with status ${response.status}.`);
  return response.text();
}
