/** The Vitest project whose tests run inside a real Chromium: storage, workers, engines, components. */
import { playwright } from '@vitest/browser-playwright';
import { chromiumFlags, findChromium } from './find-chromium.mjs';

export const browserProject = {
  extends: true as const,
  test: {
    name: 'browser',
    include: ['tests/browser/**/*.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: findChromium(),
          args: [...chromiumFlags, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
        },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
};
