/** Many streams at once, 64 frames each, one in 20 ms: what arrives, how late, and what it costs the proxy. */
import { inTurns } from '../shared/in-turns.mjs';
import { summarize } from '../shared/report.mjs';
import { cpuMs, hasProcessFigures, residentMb } from './process-figures.mjs';
import { requestBytes } from './request.mjs';
import { openSocket, readStream } from './stream-client.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./subjects.mjs').Subject} Subject */

const framesPerStream = 64;
const paceMs = 20;
/** A gap of more than ten frames is a stall that a reader sees. */
const stallMs = 10 * paceMs;
const sizes = [64, 256, 1024];
const socketsAtOnce = 64;
const restMs = 300;

/** @param {number} size */
const cpuPerFrame = (size) => `processor time per frame, ${size} streams`;
/** @param {number} size */
const addedDelay = (size) => `added delay of a frame, ${size} streams`;
/** @param {number} size */
const addedTtft = (size) => `added TTFT, ${size} streams`;
export const comparedOfStreams = sizes.flatMap((size) => [
  cpuPerFrame(size),
  addedDelay(size),
  addedTtft(size),
]);

/** @param {import('./subjects.mjs').Subjects} subjects @param {number} rounds @returns {Promise<Figure[]>} */
export async function measureStreams({ direct, proxies }, rounds) {
  /** @type {Figure[]} */
  const figures = [];
  for (const size of sizes) {
    for (let round = 0; round < rounds; round++) {
      const floor = await runStreams(direct, size);
      figures.push(...figuresOf(direct.name, size, floor));
      for (const subject of inTurns(proxies, round)) {
        const run = await runStreams(subject, size);
        figures.push(...figuresOf(subject.name, size, run));
        /** @param {string} metric @param {number} value */
        const add = (metric, value) => figures.push({ subject: subject.name, metric, unit: 'ms', value });
        add(addedDelay(size), run.delay - floor.delay);
        add(addedTtft(size), run.ttft - floor.ttft);
        add(`added TTFT p95, ${size} streams`, run.ttftP95 - floor.ttftP95);
      }
    }
  }
  return figures;
}

/** @param {string} subject @param {number} size @param {Awaited<ReturnType<typeof runStreams>>} run @returns {Figure[]} */
function figuresOf(subject, size, { framesLost, stalls, longestGap, cpuMicroseconds, peakMb }) {
  const at = `${size} streams`;
  const own = [
    { metric: `frames lost, ${at}`, unit: 'frames', value: framesLost },
    { metric: `streams with a gap over ${stallMs} ms, ${at}`, unit: 'streams', value: stalls },
    { metric: `longest gap, ${at}`, unit: 'ms', value: longestGap },
  ];
  if (hasProcessFigures) {
    own.push({ metric: cpuPerFrame(size), unit: 'µs', value: cpuMicroseconds });
    own.push({ metric: `resident memory, ${at}, at most`, unit: 'MB', value: peakMb });
  }
  return own.map((one) => ({ subject, ...one }));
}

/** @param {Subject} subject @param {number} size */
async function runStreams(subject, size) {
  const request = requestBytes(subject, { stream: true, max_tokens: framesPerStream });
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  while (sockets.length < size) {
    const batch = Array.from({ length: Math.min(socketsAtOnce, size - sockets.length) }, () =>
      openSocket(subject.port),
    );
    sockets.push(...(await Promise.all(batch)));
  }
  const memory = watchMemory(subject.pid);
  const cpuBefore = hasProcessFigures ? cpuMs(subject.pid) : 0;
  const streams = await Promise.all(
    sockets.map(async (socket, number) => {
      // Starts are spread over two paces, as no two people press the button at once.
      await new Promise((resolve) => setTimeout(resolve, (number / size) * 2 * paceMs));
      return readStream(socket, request);
    }),
  );
  const cpu = hasProcessFigures ? cpuMs(subject.pid) - cpuBefore : Number.NaN;
  const peakMb = memory.stop();
  await new Promise((resolve) => setTimeout(resolve, restMs));
  const delays = streams.flatMap(({ delaysMs }) => delaysMs);
  const ttft = summarize(streams.map(({ ttftMs }) => ttftMs));
  return {
    delay: summarize(delays).p50,
    ttft: ttft.p50,
    ttftP95: ttft.p95,
    framesLost: size * framesPerStream - delays.length,
    stalls: streams.filter(({ longestGapMs }) => longestGapMs > stallMs).length,
    longestGap: Math.max(...streams.map(({ longestGapMs }) => longestGapMs)),
    cpuMicroseconds: (cpu / delays.length) * 1000,
    peakMb,
  };
}

/** @param {number} pid */
function watchMemory(pid) {
  let peak = 0;
  const look = () => (peak = Math.max(peak, hasProcessFigures ? residentMb(pid) : 0));
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}
