/** What the relay costs, with all checks on, beside nginx, a bare proxy on Node and Portkey. */
import { report } from './shared/report.mjs';
import { measureAborts } from './relay/aborts.mjs';
import { rowsAndRatios } from './relay/figures.mjs';
import { cpuPerRequest, measureManyClients, throughput, warmUp } from './relay/many-clients.mjs';
import { addedLatency, measureOneClient } from './relay/one-client.mjs';
import { hasProcessFigures, residentMb } from './relay/process-figures.mjs';
import { measureSlowReader } from './relay/slow-reader.mjs';
import { canPin, clientCore, pinThisProcess } from './relay/start-program.mjs';
import { comparedOfStreams, measureStreams } from './relay/streams.mjs';
import { startSubjects, stopSubjects } from './relay/subjects.mjs';

/** @typedef {import('./relay/figures.mjs').Figure} Figure */
/** @typedef {import('./relay/subjects.mjs').Subjects} Subjects */

const idleMs = 2000;
/** A round of streams lasts as long as ten of the others. */
const mostRoundsOfStreams = 3;
const parts = ['latency', 'throughput', 'memory', 'aborts', 'streams'];
const compared = [addedLatency, throughput, cpuPerRequest, ...comparedOfStreams];

/**
 * @param {{ rounds?: number, only?: readonly string[], against?: string }} [options] `only` names parts; `against` is the
 *   folder of another built version, which is measured in turns with this one
 */
export async function run({ rounds = 9, only = parts, against } = {}) {
  const unknown = only.filter((part) => !parts.includes(part));
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join()}. There are: ${parts.join()}.`);
  pinThisProcess(clientCore);
  const subjects = await startSubjects({ against });
  try {
    return await measure(subjects, rounds, only);
  } finally {
    await stopSubjects(subjects);
  }
}

/** @param {Subjects} subjects @param {number} rounds @param {readonly string[]} only */
async function measure(subjects, rounds, only) {
  const skipped = [...subjects.skipped];
  if (!canPin) skipped.push('One core for each program: this system has no taskset, or one core');
  if (!hasProcessFigures) skipped.push('Processor time and memory: they are read from /proc');
  /** @type {Figure[]} */
  const figures = [];
  // First, while nothing has been asked of any of them.
  if (only.includes('memory') && hasProcessFigures) figures.push(...(await idleMemory(subjects)));
  await warmUp(subjects);
  if (only.includes('latency')) figures.push(...(await measureOneClient(subjects, rounds)));
  if (only.includes('throughput')) figures.push(...(await measureManyClients(subjects, rounds)));
  if (only.includes('memory') && hasProcessFigures) figures.push(...(await measureSlowReader(subjects)));
  const aborts = only.includes('aborts') ? await measureAborts(subjects) : [];
  if (only.includes('streams')) {
    figures.push(...(await measureStreams(subjects, Math.min(rounds, mostRoundsOfStreams))));
  }
  const { rows, ratios } = rowsAndRatios(figures, compared);
  return report({ name: 'relay', rounds, rows: [...rows, ...aborts], ratios, skipped });
}

/** @param {Subjects} subjects @returns {Promise<Figure[]>} */
async function idleMemory({ proxies }) {
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  return proxies.map(({ name, pid }) => ({
    subject: name,
    metric: 'resident memory, idle',
    unit: 'MB',
    value: residentMb(pid),
  }));
}
