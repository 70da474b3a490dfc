/** The figures of a main thread while an answer streams, and the report that compares them. */
import { ratioOf, report, summarize } from './report.mjs';

/** @typedef {{ busy: number, perToken: number, longTasks: number, longest: number, busyTasks: number, busiest: number, dropped: number, behind: number, heap: number }} Figures */

/** @type {Record<keyof Figures, readonly [metric: string, unit: string]>} */
const metrics = {
  busy: ['main thread busy', '%'],
  perToken: ['main thread time per token', 'us'],
  longTasks: ['long tasks', 'count'],
  longest: ['longest task over 50 ms', 'ms'],
  busyTasks: ['tasks of over 50 ms of processor time', 'count'],
  busiest: ['most processor time of a task', 'ms'],
  dropped: ['dropped frames', 'count'],
  behind: ['behind the stream at its end', 'ms'],
  heap: ['heap after collection', 'MB'],
};

/**
 * @param {import('./main-thread.mjs').MainThread} measured
 * @param {{ tokens: number, behindMs: number }} stream
 * @returns {Figures}
 */
export function figuresOf(
  { busySeconds, seconds, longTasks, taskMs, droppedFrames, heapMb },
  { tokens, behindMs },
) {
  return {
    busy: (busySeconds / seconds) * 100,
    perToken: (busySeconds / tokens) * 1e6,
    longTasks: longTasks.length,
    longest: Math.max(0, ...longTasks),
    busyTasks: taskMs.filter((ms) => ms > 50).length,
    busiest: taskMs.reduce((most, ms) => Math.max(most, ms), 0),
    dropped: droppedFrames,
    behind: behindMs,
    heap: heapMb,
  };
}

/**
 * @param {string} name of the benchmark
 * @param {number} rounds
 * @param {ReadonlyMap<string, readonly Figures[]>} measured by subject; the first one is compared with the others
 */
export function mainThreadReport(name, rounds, measured) {
  const names = /** @type {(keyof Figures)[]} */ (Object.keys(metrics));
  const rows = [...measured].flatMap(([subject, figures]) =>
    names.map((figure) => {
      const [metric, unit] = metrics[figure];
      return { subject, metric, unit, ...summarize(figures.map((one) => one[figure])) };
    }),
  );
  const [first, ...others] = [...measured].map(([subject, figures]) => ({
    subject,
    busy: figures.map(({ busy }) => busy),
  }));
  if (!first) throw new Error('Nothing was measured.');
  const ratios = others.map(({ subject: against, busy }) => ({
    metric: metrics.busy[0],
    subject: first.subject,
    against,
    ...ratioOf(first.busy, busy),
  }));
  return report({ name, rounds, rows, ratios });
}
