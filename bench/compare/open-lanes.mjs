/** Opens lanes by address, warmed up, and gives what asks all of them. */
/* global document, requestAnimationFrame, MutationObserver */
import { warmUpPrompt } from '../screen/stream-server.mjs';

/**
 * @param {import('playwright').Page} page
 * @param {string} url of the relay
 * @param {string} modelId
 * @param {number} lanes how many
 * @returns {Promise<() => Promise<number>>} resolves, when every lane has drawn all of its answer, with that moment as `Date.now()`
 */
export async function openLanes(page, url, modelId, lanes) {
  const set = Array.from({ length: lanes }, () => `openai:${modelId}`).join(',');
  /** @param {string} prompt */
  const ask = async (prompt) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(prompt);
    const drawn = page.evaluate(whenDone, lanes);
    await page.getByRole('button', { name: 'Send to all' }).click();
    return drawn;
  };
  const open = async () => {
    await page.goto(`${url}/#/compare?lanes=${set}`);
    await page.getByRole('region', { name: new RegExp(`^Lane ${lanes}: `) }).waitFor();
  };
  await open();
  await ask(warmUpPrompt);
  // The colours of the code come last of what is loaded late.
  await page.locator('article pre .keyword').first().waitFor();
  await open();
  await page.locator('article').first().waitFor({ state: 'detached' });
  return () => ask('Tell me all of it.');
}

/** Runs in the page: the moment at which all answers are over, and a frame later on the screen. @param {number} lanes */
function whenDone(lanes) {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelectorAll('article[data-state="done"]').length < lanes) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(Date.now()));
    });
    // Only one attribute of a few elements: watching costs nothing while the text grows.
    observer.observe(document.body, { subtree: true, attributeFilter: ['data-state'] });
  });
}
