/** The service worker as a part of the build, and its opposite in development. */
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { goodbyeWorker } from './goodbye-worker';

export function serviceWorker(): Plugin[] {
  let directory = '';
  return [
    {
      name: 'switchyard:service-worker',
      apply: 'build',
      configResolved: ({ root, build }) => {
        directory = resolve(root, build.outDir);
      },
      writeBundle: {
        order: 'post',
        sequential: true,
        handler: async () => {
          // Loaded for a build only: a test run reads this configuration too.
          const { writeServiceWorker } = await import('./write-service-worker');
          await writeServiceWorker(directory);
        },
      },
    },
    {
      name: 'switchyard:no-service-worker',
      apply: 'serve',
      configureServer: ({ middlewares }) => {
        middlewares.use('/service-worker.js', (_, response) => {
          response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
          response.end(goodbyeWorker);
        });
      },
    },
  ];
}
