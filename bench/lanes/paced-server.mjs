/** An OpenAI-style server whose answers begin at once and then come piece by piece for a given time. */
import { createServer } from 'node:http';

const pieceMs = 40;

/**
 * @param {number} lengthMs of each answer
 * @returns {Promise<{ url: string, closedAt: (number: number) => Promise<number>, stop: () => void }>}
 *   `closedAt`: when the connection of the last answer with this number was closed, as `Date.now()` with fractions
 */
export async function startPacedServer(lengthMs) {
  /** @type {Map<number, Promise<number>>} */
  const closed = new Map();
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'paced', object: 'model' }] }));
      return;
    }
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const { number } = /** @type {{ number: number }} */ (JSON.parse(body));
    const gone = new Promise((resolve) =>
      response.on('close', () => resolve(performance.timeOrigin + performance.now())),
    );
    closed.set(number, gone);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'word ' } }] })}\n\n`;
    response.write(piece);
    const timer = setInterval(() => response.write(piece), pieceMs);
    const end = setTimeout(() => response.end('data: [DONE]\n\n'), lengthMs);
    response.on('close', () => {
      clearInterval(timer);
      clearTimeout(end);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The paced server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    closedAt: (number) => closed.get(number) ?? Promise.reject(new Error('There was no such answer.')),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
