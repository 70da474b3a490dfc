/** The two pages that are compared, each served by a relay of the current build with the same server behind it. */
/* global document, requestAnimationFrame, HTMLElement, MutationObserver */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../scripts/shared/root.mjs';
import { startBuiltRelay } from '../shared/start-built-relay.mjs';
import { warmUpPrompt } from './stream-server.mjs';

export const modelId = 'stream';

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} url
 * @property {(page: import('playwright').Page) => Promise<() => Promise<number>>} prepare opens the page and
 *   warms it up; what it gives asks for the long answer and resolves, when all of it is drawn, with that moment
 *   as `Date.now()`
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} upstream
 * @param {string} endMark last word of the long answer
 * @param {string} folder for the built bare page
 * @returns {Promise<Subject[]>}
 */
export async function startSubjects(upstream, endMark, folder) {
  const page = join(root, 'dist', 'page');
  if (!existsSync(join(page, 'index.html')))
    throw new Error('The page is not built. Run "npm run build" first.');
  await build({
    configFile: false,
    root: join(root, 'bench', 'page', 'screen'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  });
  const app = await startBuiltRelay(upstream, page, modelId);
  const bare = await startBuiltRelay(upstream, folder, modelId);
  return [
    { name: 'switchyard', ...app, prepare: (tab) => prepareApp(tab, app.url, endMark) },
    { name: 'streaming-markdown', ...bare, prepare: (tab) => prepareBare(tab, bare.url, endMark) },
  ];
}

/**
 * @param {import('playwright').Page} page
 * @param {string} url
 * @param {string} endMark
 */
async function prepareApp(page, url, endMark) {
  /** @param {string} prompt @param {string} mark */
  const ask = async (prompt, mark) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(prompt);
    const drawn = page.evaluate(whenDone, mark);
    await page.keyboard.press('Enter');
    return drawn;
  };
  await page.goto(url);
  await page.getByRole('button', { name: 'Model', exact: true, description: new RegExp(modelId) }).waitFor();
  await ask(warmUpPrompt, 'end');
  // The colours of the code come last of what is loaded late.
  await page.locator('article pre .keyword').first().waitFor();
  await page.getByRole('button', { name: 'New conversation' }).click();
  return () => ask('Tell me all of it.', endMark);
}

/** Runs in the page: the moment at which an answer is over and its end is on the screen. @param {string} mark */
function whenDone(mark) {
  return new Promise((resolve) => {
    const observer = new MutationObserver((records) => {
      const answer = records.map(({ target }) => target).find(isDone);
      if (!answer) return;
      observer.disconnect();
      const look = () => {
        if (answer.querySelector('[data-part="text"]')?.textContent.slice(-200).includes(mark))
          resolve(Date.now());
        else requestAnimationFrame(look);
      };
      look();
    });
    // Only one attribute of a few elements: watching costs nothing while the text grows.
    observer.observe(document.body, { subtree: true, attributeFilter: ['data-state'] });
  });

  /** @param {Node} node @returns {node is Element} */
  function isDone(node) {
    return node instanceof HTMLElement && node.dataset['state'] === 'done';
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {string} url
 * @param {string} endMark
 */
async function prepareBare(page, url, endMark) {
  /** @param {string} prompt */
  const ask = (prompt) =>
    page.evaluate(`ask(${JSON.stringify(prompt)}, ${JSON.stringify(modelId)}).then(() => Date.now())`);
  await page.goto(url);
  await page.waitForFunction('"ask" in window');
  await ask(warmUpPrompt);
  return async () => {
    const drawnAt = await ask('Tell me all of it.');
    const text = await page.locator('#content').innerText();
    if (!text.includes(endMark)) throw new Error('The bare page did not draw the end of the answer.');
    return Number(drawnAt);
  };
}
