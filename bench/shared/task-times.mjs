/**
 * How long each task of a page's main thread kept its processor. A long task counts by the clock: on a machine with few
 * cores it is often one that had to wait for another thread.
 */

/** @typedef {{ ph: string, name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }} TraceEvent */

/**
 * @param {import('playwright').Page} page
 * @returns {Promise<() => Promise<number[]>>} ends it, and gives milliseconds of processor time of each task since
 */
export async function traceTasks(page) {
  const browser = page.context().browser();
  if (!browser) throw new Error('This page has no browser of its own.');
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => {
    /** @type {{ traceEvents: TraceEvent[] }} */
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    return busiest(traceEvents);
  };
}

/** Other pages, such as the one that every browser opens with, do next to nothing. @param {readonly TraceEvent[]} events */
function busiest(events) {
  /** @param {TraceEvent} event */
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  /** @type {Map<string, number[]>} */
  const threads = new Map();
  for (const event of events) {
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      threads.set(threadOf(event), []);
  }
  for (const event of events) {
    if (event.ph === 'X' && event.name.endsWith('RunTask') && event.tdur !== undefined)
      threads.get(threadOf(event))?.push(event.tdur / 1000);
  }
  return [...threads.values()].sort((one, other) => other.length - one.length)[0] ?? [];
}
