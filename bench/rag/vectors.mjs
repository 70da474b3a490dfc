/**
 * Vector search in a worker of a real Chromium, in turns with comparing every vector: in WebAssembly with SIMD, and in
 * plain JavaScript. How long a question takes, which share of the nearest is found, and how much memory it takes.
 */
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../tests/support/find-chromium.mjs';
import { ratioOf, summarize } from '../shared/report.mjs';
import { servePage } from '../shared/serve-page.mjs';
import { mean } from './mean.mjs';

/** @typedef {import('../page/rag/vectors/vectors.worker').VectorOutcome} VectorOutcome */

const order = { rows: 100_000, dimensions: 384, questions: 50, limit: 10 };
const size = `${order.rows} × ${order.dimensions}`;

/**
 * @param {import('../rag.mjs').Order} order
 * @returns {Promise<import('../rag.mjs').Part>}
 */
export async function measureVectors({ rounds }) {
  const server = await servePage('rag');
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('window.vectors');
    /** @type {Record<string, VectorOutcome>} */
    const outcomes = await page.evaluate(`vectors(${JSON.stringify({ ...order, rounds })})`);
    return figuresOf(outcomes);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {Record<string, VectorOutcome>} outcomes
 * @returns {import('../rag.mjs').Part}
 */
function figuresOf(outcomes) {
  const rows = Object.entries(outcomes).flatMap(([subject, { bytes, madeMs, searchMs, recall }]) => [
    { subject, metric: `search in ${size}, one question`, unit: 'ms', ...summarize(searchMs.flat()) },
    { subject, metric: `recall@${order.limit} against exact`, unit: 'share', ...summarize([mean(recall)]) },
    { subject, metric: 'memory of vectors', unit: 'MB', ...summarize([bytes / 1e6]) },
    { subject, metric: `adding ${order.rows} vectors`, unit: 'ms', ...summarize([madeMs]) },
  ]);
  const metric = 'search, mean of all questions';
  const { switchyard: own, ...others } = outcomes;
  const ratios = Object.entries(others).map(([against, { searchMs }]) => ({
    metric,
    subject: 'switchyard',
    against,
    ...ratioOf((own?.searchMs ?? []).map(mean), searchMs.map(mean)),
  }));
  return { rows, ratios };
}
