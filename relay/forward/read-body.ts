/** Collects a request body up to a limit, before anybody else hears of the request. */
import type { IncomingMessage } from 'node:http';

/**
 * Calls `done` once, with `'too-large'` as soon as that is known. Calls it never when the caller goes away,
 * which the response's `close` event tells.
 */
export function readBody(
  incoming: IncomingMessage,
  limitBytes: number,
  done: (body: Buffer | 'too-large') => void,
): void {
  if (Number(incoming.headers['content-length'] ?? 0) > limitBytes) {
    done('too-large');
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= limitBytes) return;
    stop();
    done('too-large');
  };
  const onEnd = (): void => {
    stop();
    const [first] = chunks;
    done(chunks.length === 1 && first ? first : Buffer.concat(chunks, bytes));
  };
  const stop = (): void => {
    incoming.off('data', onData);
    incoming.off('end', onEnd);
    chunks.splice(bytes > limitBytes ? 0 : chunks.length);
  };
  incoming.on('data', onData);
  incoming.on('end', onEnd);
}
