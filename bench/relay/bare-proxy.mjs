/** The least that Node can do: undici's dispatch piped into the response, no check at all. Prints its port. */
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.argv[2] ?? '', { connections: 1024, bodyTimeout: 0, headersTimeout: 0 });
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'host',
]);

const server = createServer((request, response) => {
  const { url: path = '/', method = 'GET', rawHeaders } = request;
  /** @type {string[]} */
  const headers = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = String(rawHeaders[at]).toLowerCase();
    if (!hopByHop.has(name)) headers.push(name, String(rawHeaders[at + 1]));
  }
  pool.dispatch(
    { path, method, headers, body: request },
    {
      onRequestStart: (controller) => {
        response.on('close', () => !response.writableEnded && controller.abort(new Error('gone')));
      },
      onResponseStart: (_controller, status, received) => {
        /** @type {import('node:http').OutgoingHttpHeaders} */
        const kept = {};
        for (const name in received) if (!hopByHop.has(name)) kept[name] = received[name];
        response.writeHead(status, kept);
      },
      onResponseData: (controller, chunk) => {
        if (response.write(chunk)) return;
        controller.pause();
        response.once('drain', () => controller.resume());
      },
      onResponseEnd: () => void response.end(),
      onResponseError: () => void response.destroy(),
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`port ${address.port}`);
});
