/** The scripts that a first visit loads, and how much they may be; a benchmark and a test ask. */
import { gzipSync } from 'node:zlib';

/** Bytes of all scripts together, each as gzip -9 makes it. */
export const firstLoadBudget = 80_000;

/** The page counts as settled when it has asked for nothing during this time. */
const quietMs = 2_000;

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @returns {Promise<Map<string, number>>} bytes of each script that the page asks for, compressed; workers' scripts included
 */
export async function firstLoadScripts(browser, url) {
  // A new context has an empty cache and an empty database: a first visit.
  const context = await browser.newContext();
  /** @type {Promise<[string, number]>[]} */
  const scripts = [];
  let lastRequest = Date.now();
  context.on('request', () => (lastRequest = Date.now()));
  context.on('response', (response) => {
    // What the service worker keeps for use without a network comes later, at low priority, and nobody waits for it.
    if (isScript(response) && !response.request().serviceWorker()) scripts.push(measure(response));
  });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'load' });
    while (Date.now() - lastRequest < quietMs) await page.waitForTimeout(100);
    return new Map(await Promise.all(scripts));
  } finally {
    await context.close();
  }
}

/** @param {import('playwright').Response} response */
function isScript(response) {
  return /javascript/.test(response.headers()['content-type'] ?? '');
}

/**
 * @param {import('playwright').Response} response
 * @returns {Promise<[string, number]>}
 */
async function measure(response) {
  const body = await response.body();
  return [new URL(response.url()).pathname, gzipSync(body, { level: 9 }).length];
}
