/** Files of this computer beside a benchmark's page, as a plugin of its server. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/**
 * @param {ReadonlyMap<string, string>} files address's path → file's path
 * @returns {import('vite').Plugin}
 */
export function servedFiles(files) {
  return {
    name: 'served-files',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = files.get(new URL(request.url ?? '/', 'http://page').pathname);
        if (path === undefined) return next();
        stat(path).then(({ size }) => {
          response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
          createReadStream(path).pipe(response);
        }, next);
      });
    },
  };
}
