/**
 * Ratings with intervals from 10 000 votes over 50 models, 200 samples, in a worker of a real Chromium, in turns with
 * a plain implementation of the same; and how far the two are apart. Then what length does to the same votes.
 */
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';
import { servePage } from './shared/serve-page.mjs';

const order = { votes: 10_000, models: 50, samples: 200 };
const subjects = /** @type {const} */ (['switchyard', 'plain']);
const metric = `ratings of ${order.votes} votes over ${order.models} models with ${order.samples} samples`;

/** @typedef {import('./page/ratings/main').Outcome} Outcome */

/** @param {{ rounds?: number }} [options] */
export async function run({ rounds = 5 } = {}) {
  const server = await servePage('ratings');
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {Record<typeof subjects[number], number[]>} */
  const times = { switchyard: [], plain: [] };
  /** @type {number[]} */
  const points = [];
  /** @type {number[]} */
  const ends = [];
  /** @type {number[]} */
  const lengthTimes = [];
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('window.subjects');
    // The first round warms the browser up.
    for (let round = -1; round < rounds; round++) {
      /** @type {Partial<Record<typeof subjects[number], Outcome>>} */
      const outcomes = {};
      for (const subject of inTurns(subjects, round + 1)) {
        const asked = JSON.stringify({ ...order, seed: round + 2 });
        /** @type {Outcome} */
        const outcome = await page.evaluate(`subjects.${subject}(${asked})`);
        outcomes[subject] = outcome;
        if (round >= 0) times[subject].push(outcome.ms);
      }
      if (round >= 0) compare(outcomes, points, ends);
      /** @type {number} */
      const ms = await page.evaluate(`lengthEffect(${JSON.stringify({ ...order, seed: round + 2 })})`);
      if (round >= 0) lengthTimes.push(ms);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  const [own, other] = subjects;
  return report({
    name: 'ratings',
    rounds,
    rows: [
      ...subjects.map((subject) => ({ subject, metric, unit: 'ms', ...summarize(times[subject]) })),
      {
        subject: own,
        metric: `points apart from ${other}, of each model`,
        unit: 'points',
        ...summarize(points),
      },
      { subject: own, metric: 'effect of length on the same votes', unit: 'ms', ...summarize(lengthTimes) },
      { subject: own, metric: `ends of intervals apart from ${other}`, unit: 'points', ...summarize(ends) },
    ],
    ratios: [{ metric, subject: own, against: other, ...ratioOf(times[own], times[other]) }],
  });
}

/**
 * @param {Partial<Record<typeof subjects[number], Outcome>>} outcomes
 * @param {number[]} points
 * @param {number[]} ends
 */
function compare({ switchyard, plain }, points, ends) {
  if (!switchyard || !plain) throw new Error('Both must have been measured.');
  for (const [model, [own, low, high]] of Object.entries(switchyard.ratings)) {
    const other = plain.ratings[model];
    if (!other) throw new Error(`The plain one does not know ${model}.`);
    points.push(Math.abs(own - other[0]));
    ends.push(Math.abs(low - other[1]), Math.abs(high - other[2]));
  }
}
