import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './scripts/offline/service-worker-plugin';
import { browserProject } from './tests/support/browser-project';

/** Threads in wasm need a cross-origin isolated page; the relay sends the same two headers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  plugins: [svelte(), serviceWorker()],
  worker: { format: 'es' },
  server: { headers: isolation },
  optimizeDeps: {
    exclude: ['@wllama/wllama'],
    // Found late, they would reload the page in the middle of a browser test.
    entries: ['index.html', 'src/**/*.worker.ts'],
    include: ['idb', 'marked'],
  },
  build: {
    target: 'es2022',
    outDir: 'dist/page',
    emptyOutDir: true,
    // A data: URL in CSS or JS would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Property tests try hundreds of inputs, and the machine may be busy with something else.
          testTimeout: 30_000,
          include: ['tests/unit/**/*.test.ts', 'tests/contract/**/*.test.ts'],
        },
      },
      browserProject,
    ],
  },
});
