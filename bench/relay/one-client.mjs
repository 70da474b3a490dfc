/** What a proxy adds to a short request, one at a time. */
import { inTurns } from '../shared/in-turns.mjs';
import { summarize } from '../shared/report.mjs';
import { openConnection } from './connection.mjs';
import { requestBytes } from './request.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */

const blocksPerRound = 8;
const requestsPerBlock = 30;
/** The first ones of a block find the processor's caches full of somebody else's work. */
const notCounted = 5;
/** What the one before still does after its answer must not fall into the next one's time. */
const pauseMs = 5;
export const addedLatency = 'added latency c=1';

/** @param {import('./subjects.mjs').Subjects} subjects @param {number} rounds @returns {Promise<Figure[]>} */
export async function measureOneClient({ direct, proxies }, rounds) {
  /** @type {Figure[]} */
  const figures = [];
  for (let round = 0; round < rounds; round++) {
    const [floor, ...medians] = await medianTimes([direct, ...proxies]);
    if (!floor) continue;
    figures.push({ subject: direct.name, metric: 'latency c=1', unit: 'ms', value: floor.ms });
    for (const { subject, ms } of medians) {
      figures.push({ subject, metric: addedLatency, unit: 'ms', value: ms - floor.ms });
    }
  }
  return figures;
}

/**
 * Subjects take turns in short blocks, so that whatever else the machine does weighs on all alike.
 * @param {readonly import('./subjects.mjs').Subject[]} subjects
 */
async function medianTimes(subjects) {
  const lanes = await Promise.all(
    subjects.map(async (subject) => ({
      subject: subject.name,
      connection: await openConnection(subject.port, requestBytes(subject)),
      /** @type {number[]} */
      times: [],
    })),
  );
  for (let block = 0; block < blocksPerRound; block++) {
    for (const { connection, times } of inTurns(lanes, block)) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      for (let request = 0; request < requestsPerBlock; request++) {
        const startedAt = performance.now();
        await connection.ask();
        if (request >= notCounted) times.push(performance.now() - startedAt);
      }
    }
  }
  for (const { connection } of lanes) connection.close();
  return lanes.map(({ subject, times }) => ({ subject, ms: summarize(times).p50 }));
}
