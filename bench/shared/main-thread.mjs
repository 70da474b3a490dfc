/** What a page's main thread does while it is measured: its own processor time, long tasks, frames, heap. */
/* global requestAnimationFrame */
import { traceTasks } from './task-times.mjs';

/** Frames of a display with 60 Hz. */
const frameMs = 1000 / 60;

/** `longTasks` by the clock, `taskMs` by the processor. @typedef {{ busySeconds: number, seconds: number, longTasks: number[], taskMs: number[], droppedFrames: number, heapMb: number }} MainThread */

/**
 * Measures from the call of `work` to its end.
 * @param {import('playwright').Page} page
 * @param {() => Promise<unknown>} work
 * @returns {Promise<MainThread>}
 */
export async function measureMainThread(page, work) {
  const devtools = await page.context().newCDPSession(page);
  // The thread's own clock: what other programs take from the processor meanwhile does not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const counters = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    /** @param {string} name */
    return (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  };
  await devtools.send('HeapProfiler.collectGarbage');
  const watch = await page.evaluateHandle(startWatch);
  const endTrace = await traceTasks(page);
  const before = await counters();
  await work();
  const after = await counters();
  const taskMs = await endTrace();
  const { longTasks, gaps } = await watch.evaluate((started) => started.stop());
  await devtools.send('HeapProfiler.collectGarbage');
  const heapMb = (await counters())('JSHeapUsedSize') / 1e6;
  await devtools.detach();
  return {
    busySeconds: after('TaskDuration') - before('TaskDuration'),
    seconds: after('Timestamp') - before('Timestamp'),
    longTasks,
    taskMs,
    droppedFrames: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0),
    heapMb,
  };
}

/** Runs in the page. */
function startWatch() {
  /** @type {number[]} */
  const longTasks = [];
  /** @type {number[]} */
  const gaps = [];
  let isOn = true;
  let last = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  /** @param {number} now */
  const tick = (now) => {
    if (last > 0) gaps.push(now - last);
    last = now;
    if (isOn) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  return {
    stop: async () => {
      isOn = false;
      // Long tasks are reported late.
      await new Promise((resolve) => setTimeout(resolve, 300));
      observer.disconnect();
      return { longTasks, gaps };
    },
  };
}
