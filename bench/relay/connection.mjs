/** A client that costs next to nothing, so that the subject and not the client is measured. */
import { connect } from 'node:net';

/**
 * @param {number} port
 * @param {Buffer} request the whole request, ready to send
 * @returns {Promise<{ ask: () => Promise<void>, close: () => void }>} `ask` rejects unless the answer is a 200
 */
export async function openConnection(port, request) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let received = '';
  /** @type {{ resolve: () => void, reject: (reason: Error) => void } | undefined} */
  let waiting;
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const bodyStart = received.indexOf('\r\n\r\n') + 4;
    if (bodyStart < 4) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? Number.NaN);
    if (!received.startsWith('HTTP/1.1 200 ') || Number.isNaN(length)) {
      waiting?.reject(new Error(`Unexpected answer: ${received.slice(0, 300)}`));
    } else if (received.length >= bodyStart + length) {
      received = '';
      waiting?.resolve();
    }
  });
  socket.on('error', (error) => waiting?.reject(error));
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
