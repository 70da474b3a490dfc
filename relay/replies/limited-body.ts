/** The body of a request that the relay answers itself, up to a limit. */
import type { RelayError } from './relay-error';

export async function limitedBody(request: Request, limitBytes: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return 'too-large';
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.length;
    if (bytes > limitBytes) return 'too-large';
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export function tooLarge(limitBytes: number): RelayError {
  const message = `The request is larger than the ${limitBytes} bytes that RELAY_BODY_LIMIT_BYTES allows.`;
  return { status: 413, code: 'bad-request', message };
}
