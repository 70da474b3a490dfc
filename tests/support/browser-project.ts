/** The Vitest project whose tests run inside a real Chromium: storage, workers, engines, components. */
import { playwright } from '@vitest/browser-playwright';
import { faultyFiles } from './faulty-files';
import { chromiumFlags, findChromium } from './find-chromium.mjs';
import { starterBuilds } from './starter-builds';

/** Tests of what is said where WebGPU has no adapter; they get a browser of their own. */
const withoutGpu = 'tests/browser/**/*.no-gpu.test.ts';

function chromium(...flags: string[]) {
  return playwright({
    launchOptions: { executablePath: findChromium(), args: [...chromiumFlags, ...flags] },
  });
}

export const browserProject = {
  extends: true as const,
  plugins: [faultyFiles(), starterBuilds()],
  test: {
    name: 'browser',
    testTimeout: 60_000,
    // Addresses of real WebLLM models, which the tests cannot make; see webllm-full.test.ts and webllm-embed-full.test.ts.
    env: {
      WEBLLM_TEST_MODEL: process.env.WEBLLM_TEST_MODEL ?? '',
      WEBLLM_TEST_LIB: process.env.WEBLLM_TEST_LIB ?? '',
      WEBLLM_TEST_EMBED_MODEL: process.env.WEBLLM_TEST_EMBED_MODEL ?? '',
      WEBLLM_TEST_EMBED_LIB: process.env.WEBLLM_TEST_EMBED_LIB ?? '',
    },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: chromium('--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'),
      instances: [
        {
          browser: 'chromium' as const,
          include: ['tests/browser/**/*.test.ts'],
          exclude: [withoutGpu],
        },
        {
          browser: 'chromium' as const,
          name: 'browser (chromium without a GPU)',
          include: [withoutGpu],
          provider: chromium(),
        },
      ],
    },
  },
};
