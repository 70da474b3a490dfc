/** End to end: the built page and the real relay in a real Chromium. Run `npm run build` before. */
import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './tests/support/find-chromium.mjs';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // One at a time: the engines want every core, and so would their neighbours.
  workers: 1,
  fullyParallel: false,
  // A test that passes at the second try hides a fault.
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    locale: 'en-US',
    timezoneId: 'UTC',
  },
});
