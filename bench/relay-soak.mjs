/** Whether the relay's memory grows: streams, requests and aborts without a break, for ten minutes or `--minutes N`. */
import { report, summarize } from './shared/report.mjs';
import { openConnection } from './relay/connection.mjs';
import { hasProcessFigures, residentMb } from './relay/process-figures.mjs';
import { requestBytes } from './relay/request.mjs';
import { openSocket, readStream } from './relay/stream-client.mjs';
import { startSubjects, stopSubjects } from './relay/subjects.mjs';
import { liveStreams } from './relay/upstream-news.mjs';

/** @typedef {import('./relay/subjects.mjs').Subject} Subject */

const streamsAtOnce = 64;
const framesPerStream = 64;
/** Every third stream is left in its middle. */
const abortEvery = 3;
const abortAfterMs = 600;
const requestPauseMs = 10;
const sampleMs = 2000;
/** The first minute, or a quarter of a shorter run, fills caches and compiles code. */
const settleMs = 60_000;

/** @param {{ minutes?: number }} [options] */
export async function run({ minutes = 10 } = {}) {
  if (!hasProcessFigures) throw new Error('Memory is read from /proc, which this system does not have.');
  const subjects = await startSubjects({ only: ['relay'] });
  const [relay] = subjects.proxies;
  if (!relay) throw new Error('The relay was not started.');
  try {
    const totalMs = minutes * 60_000;
    const startedAt = performance.now();
    const isOver = () => performance.now() - startedAt > totalMs;
    /** @type {{ ms: number, mb: number }[]} */
    const samples = [];
    const timer = setInterval(
      () => samples.push({ ms: performance.now() - startedAt, mb: residentMb(relay.pid) }),
      sampleMs,
    );
    const lanes = Array.from({ length: streamsAtOnce }, (_, lane) => streamOn(relay, lane, isOver));
    await Promise.all([...lanes, askOn(relay, isOver)]);
    clearInterval(timer);
    const settled = samples.filter(({ ms }) => ms > Math.min(settleMs, totalMs / 4));
    const left = await liveStreams(subjects.upstream);
    const subject = relay.name;
    const growth = growthPerHour(settled);
    const rows = [
      { subject, metric: 'resident memory', unit: 'MB', ...summarize(settled.map(({ mb }) => mb)) },
      { subject, metric: 'growth', unit: 'MB/h', p50: growth, p95: growth, n: settled.length },
      { subject, metric: 'streams left at the server', unit: 'streams', p50: left, p95: left, n: 1 },
    ];
    return report({ name: 'relay-soak', rounds: 1, rows, ratios: [] });
  } finally {
    await stopSubjects(subjects);
  }
}

/** @param {Subject} relay @param {number} lane @param {() => boolean} isOver */
async function streamOn(relay, lane, isOver) {
  const request = requestBytes(relay, { stream: true, max_tokens: framesPerStream });
  for (let number = lane; !isOver(); number++) {
    const socket = await openSocket(relay.port);
    if (number % abortEvery === 0) setTimeout(() => socket.destroy(), abortAfterMs);
    await readStream(socket, request);
  }
}

/** @param {Subject} relay @param {() => boolean} isOver */
async function askOn(relay, isOver) {
  const { ask, close } = await openConnection(relay.port, requestBytes(relay));
  while (!isOver()) {
    await ask();
    await new Promise((resolve) => setTimeout(resolve, requestPauseMs));
  }
  close();
}

/** The slope of a straight line through all samples. @param {readonly { ms: number, mb: number }[]} samples */
function growthPerHour(samples) {
  const mean = (/** @type {readonly number[]} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanMs = mean(samples.map(({ ms }) => ms));
  const meanMb = mean(samples.map(({ mb }) => mb));
  const covariance = mean(samples.map(({ ms, mb }) => (ms - meanMs) * (mb - meanMb)));
  return (covariance / mean(samples.map(({ ms }) => (ms - meanMs) ** 2))) * 3_600_000;
}
