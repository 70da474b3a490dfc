/**
 * Keyword search in a worker of a real Chromium, in turns with MiniSearch and Orama: how good on Cranfield, how long a
 * question takes, how long the abstracts take to be indexed.
 */
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../tests/support/find-chromium.mjs';
import { inTurns } from '../shared/in-turns.mjs';
import { ratioOf, summarize } from '../shared/report.mjs';
import { servePage } from '../shared/serve-page.mjs';
import { readCranfield } from './cranfield.mjs';
import { mean } from './mean.mjs';
import { ndcg, recall } from './ndcg.mjs';

/** @typedef {import('../page/rag/keywords/subject').Outcome} Outcome */

const subjects = /** @type {const} */ (['switchyard', 'minisearch', 'orama']);
const depth = 100;

/**
 * @param {import('../rag.mjs').Order} order
 * @returns {Promise<import('../rag.mjs').Part>}
 */
export async function measureKeywords({ rounds, cranfield }) {
  const collection = await readCranfield(cranfield);
  if (typeof collection === 'string') return { rows: [], skipped: [collection] };
  const { documents, queries } = collection;
  const server = await servePage('rag');
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {Map<string, Outcome[]>} */
  const outcomes = new Map(subjects.map((subject) => [subject, []]));
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('window.keywords');
    for (let round = 0; round < rounds; round++) {
      for (const subject of inTurns(subjects, round)) {
        const order = { subject, documents, queries: queries.map(({ query }) => query), depth };
        /** @type {Outcome} */
        const outcome = await page.evaluate(`keywords(${JSON.stringify(order)})`);
        outcomes.get(subject)?.push(outcome);
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return figuresOf(outcomes, queries);
}

/**
 * @param {Map<string, Outcome[]>} outcomes
 * @param {readonly import('./cranfield.mjs').Question[]} queries
 * @returns {import('../rag.mjs').Part}
 */
function figuresOf(outcomes, queries) {
  /** @type {import('../shared/report.mjs').Row[]} */
  const rows = [];
  for (const [subject, all] of outcomes) {
    /** @param {string} metric @param {string} unit @param {readonly number[]} values */
    const add = (metric, unit, values) => rows.push({ subject, metric, unit, ...summarize(values) });
    // Rankings are the same in each round.
    const [{ found } = { found: [] }] = all;
    const ranked = queries.map(({ relevant }, place) => ({ relevant, ids: found[place] ?? [] }));
    add(`mean nDCG@10, ${queries.length} questions of Cranfield`, 'share', [
      mean(ranked.map(({ ids, relevant }) => ndcg(ids, relevant))),
    ]);
    add(`mean recall@${depth}`, 'share', [
      mean(ranked.map(({ ids, relevant }) => recall(ids, relevant, depth))),
    ]);
    add(
      'keyword search, one question',
      'ms',
      all.flatMap(({ queryMs }) => queryMs),
    );
    add(
      'indexing 1400 abstracts',
      'ms',
      all.map(({ indexMs }) => indexMs),
    );
  }
  const [own, ...others] = subjects;
  /** @param {string} subject @param {(outcome: Outcome) => number} valueOf */
  const valuesOf = (subject, valueOf) => (outcomes.get(subject) ?? []).map(valueOf);
  const ratios = others.flatMap((against) =>
    Object.entries(compared).map(([metric, valueOf]) => ({
      metric,
      subject: own,
      against,
      ...ratioOf(valuesOf(own, valueOf), valuesOf(against, valueOf)),
    })),
  );
  return { rows, ratios };
}

/** @type {Record<string, (outcome: Outcome) => number>} */
const compared = {
  'keyword search, mean of all questions': ({ queryMs }) => mean(queryMs),
  indexing: ({ indexMs }) => indexMs,
};
