/** Waits for a program that does not say when it is ready. */
import { connect } from 'node:net';

const limitMs = 20_000;

/** @param {number} port @returns {Promise<void>} rejects after 20 s */
export async function whenListening(port) {
  const startedAt = performance.now();
  while (performance.now() - startedAt < limitMs) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listens on port ${port}.`);
}
