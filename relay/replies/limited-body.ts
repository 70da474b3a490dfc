/** Bodies that the relay takes in as a whole, up to a limit. */
import type { RelayError } from './relay-error';

/** @returns undefined as soon as there are more bytes; the rest is not read then */
export async function collectUpTo(
  pieces: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const collected: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > limitBytes) return undefined;
    collected.push(piece);
  }
  return Buffer.concat(collected);
}

export async function limitedBody(request: Request, limitBytes: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return 'too-large';
  if (!request.body) return Buffer.alloc(0);
  return (await collectUpTo(request.body, limitBytes)) ?? 'too-large';
}

export function tooLarge(limitBytes: number): RelayError {
  const message = `The request is larger than the ${limitBytes} bytes that RELAY_BODY_LIMIT_BYTES allows.`;
  return { status: 413, code: 'bad-request', message };
}
