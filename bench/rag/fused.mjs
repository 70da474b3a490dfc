/**
 * Keywords and meaning in one order, by the search worker of the page in a real Chromium: how good it is on Cranfield
 * beside either side alone, with real vectors and with vectors that know nothing.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../tests/support/find-chromium.mjs';
import { summarize } from '../shared/report.mjs';
import { servePage } from '../shared/serve-page.mjs';
import { readCranfield } from './cranfield.mjs';
import { ndcg } from './ndcg.mjs';

/** @typedef {import('../page/rag/fused/fused').FusedOutcome} FusedOutcome */

/** Each with a folder that `CRANFIELD_VECTORS` names: 32-bit floats, in the order of the lines of the collection. */
const files = { documentVectors: 'docs.f32', queryVectors: 'queries.f32' };

const subjects = {
  'keywords alone': { denseWeight: 0, isDenseRandom: false },
  'meaning alone': { denseWeight: 1, isDenseRandom: false },
  fused: { denseWeight: 0.5, isDenseRandom: false },
  'fused, vectors that know nothing': { denseWeight: 0.5, isDenseRandom: true },
};

/**
 * @param {import('../rag.mjs').Order} order
 * @returns {Promise<import('../rag.mjs').Part>}
 */
export async function measureFused({ cranfield }) {
  const collection = await readCranfield(cranfield);
  if (typeof collection === 'string') return { rows: [], skipped: [collection] };
  const folder = process.env.CRANFIELD_VECTORS;
  const paths = Object.values(files).map((file) => join(resolve(folder ?? ''), file));
  if (folder === undefined || !paths.every((path) => existsSync(path))) {
    const names = Object.values(files).join(' and ');
    return { rows: [], skipped: [`fused: name a folder with ${names} in CRANFIELD_VECTORS`] };
  }
  const { documents, queries } = collection;
  const addresses = Object.values(files).map((file) => `/${file}`);
  const served = new Map(addresses.map((address, index) => [address, paths[index] ?? '']));
  const server = await servePage('rag', { files: served });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {import('../shared/report.mjs').Row[]} */
  const rows = [];
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('window.fused');
    const [documentVectors, queryVectors] = addresses;
    for (const [subject, asked] of Object.entries(subjects)) {
      const questions = queries.map(({ query }) => query);
      const order = { documents, queries: questions, documentVectors, queryVectors, ...asked };
      /** @type {FusedOutcome} */
      const { found, searchMs } = await page.evaluate(`fused(${JSON.stringify(order)})`);
      const scores = queries.map(({ relevant }, place) => ndcg((found[place] ?? []).map(Number), relevant));
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const metric = `mean nDCG@10, ${queries.length} questions of Cranfield`;
      rows.push({ subject, metric, unit: 'share', ...summarize([mean]) });
      rows.push({ subject, metric: 'search, to the worker and back', unit: 'ms', ...summarize(searchMs) });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return { rows };
}
