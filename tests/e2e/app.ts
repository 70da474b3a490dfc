/** The Playwright test with an `app`: one relay per worker that serves the built page and knows no server. */
import { expect, test as base } from '@playwright/test';
import { type StartedRelay, startRelay } from '../support/start-relay';

/** Nothing listens on port 9, so a server that happens to run on this machine is not found by its usual port. */
export const noServers = { OLLAMA_BASE_URL: 'http://127.0.0.1:9', VLLM_BASE_URL: 'http://127.0.0.1:9' };

interface Fixtures {
  /** What the page wrote to its console as errors, uncaught ones included; a test may empty it. */
  readonly consoleErrors: string[];
}

export const test = base.extend<Fixtures, { app: StartedRelay }>({
  app: [
    async ({ browserName: _ }, use) => {
      const relay = await startRelay(noServers);
      await use(relay);
      await relay.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  consoleErrors: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await use(errors);
  },
});

export { expect };
