/** A client that goes away in the middle of a stream: when the server hears of it, and whether it always does. */
import { once } from 'node:events';
import { summarize } from '../shared/report.mjs';
import { clockMs } from './clock.mjs';
import { requestBytes } from './request.mjs';
import { openSocket } from './stream-client.mjs';
import { liveStreams, watchForCut } from './upstream-news.mjs';

/** @typedef {import('../shared/report.mjs').Row} Row */

const aborts = 1000;
/** A proxy that misses them makes each one last as long as the limit. */
const abortsWhenMissed = 10;
const limitMs = 1000;
/** 3 s: longer than any wait here. */
const framesPerStream = 150;
const settleMs = 10_000;

/** @param {import('./subjects.mjs').Subjects} subjects @returns {Promise<Row[]>} */
export async function measureAborts({ direct, proxies, upstream }) {
  const lanes = [direct, ...proxies].map((subject) => ({
    subject,
    /** @type {number[]} */
    times: [],
    missed: 0,
  }));
  for (let number = 0; number < aborts; number++) {
    for (const lane of lanes) {
      if (lane.missed >= abortsWhenMissed) continue;
      const ms = await abortOnce(lane.subject, upstream, `${lane.subject.name} ${number}`);
      if (ms === undefined) lane.missed++;
      else lane.times.push(ms);
    }
  }
  /** @type {Row[]} */
  const rows = lanes.flatMap(({ subject: { name: subject }, times, missed }) => {
    const n = times.length + missed;
    const metric = 'abort to end at the server';
    return [
      ...(times.length > 0
        ? [
            { subject, metric, unit: 'ms', ...summarize(times) },
            { subject, metric: `${metric}, p99`, unit: 'ms', p50: p99(times), p95: p99(times), n },
          ]
        : []),
      { subject, metric: 'aborts that the server never saw', unit: 'streams', p50: missed, p95: missed, n },
    ];
  });
  const live = await liveAtLast(upstream);
  rows.push({
    subject: 'all',
    metric: 'streams left at the server',
    unit: 'streams',
    p50: live,
    p95: live,
    n: 1,
  });
  return rows;
}

/**
 * Those that a proxy did not pass on run to their own end, which is not a leak.
 * @param {import('node:child_process').ChildProcess} upstream
 */
async function liveAtLast(upstream) {
  const startedAt = performance.now();
  let live = await liveStreams(upstream);
  while (live > 0 && performance.now() - startedAt < settleMs) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    live = await liveStreams(upstream);
  }
  return live;
}

/**
 * @param {import('./subjects.mjs').Subject} subject
 * @param {import('node:child_process').ChildProcess} upstream
 * @param {string} user
 * @returns {Promise<number | undefined>} milliseconds
 */
async function abortOnce(subject, upstream, user) {
  const socket = await openSocket(subject.port);
  socket.on('error', () => undefined);
  socket.write(requestBytes(subject, { stream: true, max_tokens: framesPerStream, user }));
  await firstFrame(socket);
  const cut = watchForCut(upstream, user, limitMs);
  const startedAt = clockMs();
  socket.destroy();
  const at = await cut.at;
  return at === undefined ? undefined : at - startedAt;
}

/** @param {import('node:net').Socket} socket */
async function firstFrame(socket) {
  let text = '';
  while (!text.includes('"content":"t')) {
    const [bytes] = await once(socket, 'data');
    text += String(bytes);
  }
}

/** @param {readonly number[]} times */
function p99(times) {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
