/** How many short requests of 32 clients a proxy answers, and what processor time each takes it. */
import { inTurns } from '../shared/in-turns.mjs';
import { openConnection } from './connection.mjs';
import { cpuMs, hasProcessFigures } from './process-figures.mjs';
import { requestBytes } from './request.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./subjects.mjs').Subject} Subject */

const clients = 32;
const roundMs = 1000;
const warmUpMs = 2000;
export const throughput = 'throughput c=32';
export const cpuPerRequest = 'processor time per request c=32';

/** @param {import('./subjects.mjs').Subjects} subjects @param {number} rounds @returns {Promise<Figure[]>} */
export async function measureManyClients({ direct, proxies }, rounds) {
  const all = [direct, ...proxies];
  /** @type {Figure[]} */
  const figures = [];
  for (let round = 0; round < rounds; round++) {
    for (const subject of inTurns(all, round)) {
      const { name, pid } = subject;
      const before = hasProcessFigures ? cpuMs(pid) : 0;
      const { count, ms } = await requestsWithin(subject, roundMs);
      const perSecond = (count / ms) * 1000;
      figures.push({ subject: name, metric: throughput, unit: 'requests/s', value: perSecond });
      if (!hasProcessFigures) continue;
      const value = ((cpuMs(pid) - before) / count) * 1000;
      figures.push({ subject: name, metric: cpuPerRequest, unit: 'µs', value });
    }
  }
  return figures;
}

/** Until the code is compiled, a program on Node is measured at its start. @param {import('./subjects.mjs').Subjects} subjects */
export async function warmUp({ direct, proxies }) {
  for (const subject of [direct, ...proxies]) await requestsWithin(subject, warmUpMs);
}

/** @param {Subject} subject @param {number} limitMs */
async function requestsWithin(subject, limitMs) {
  const bytes = requestBytes(subject);
  const connections = await Promise.all(
    Array.from({ length: clients }, () => openConnection(subject.port, bytes)),
  );
  const startedAt = performance.now();
  let count = 0;
  await Promise.all(
    connections.map(async ({ ask, close }) => {
      while (performance.now() - startedAt < limitMs) {
        await ask();
        count++;
      }
      close();
    }),
  );
  return { count, ms: performance.now() - startedAt };
}
