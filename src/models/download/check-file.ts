/** SHA-256 of a file on disk, in pieces: WebCrypto would need a file of gigabytes in memory as a whole. */
import { createSHA256 } from 'hash-wasm';
import type { PartFile } from './part-file';

/** Bytes read at a time. */
const pieceSize = 4 * 1024 * 1024;

/** @returns lower-case hex. @throws the signal's reason */
export async function hashFile(
  part: PartFile,
  onProgress: (hashed: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const hasher = await createSHA256();
  const piece = new Uint8Array(pieceSize);
  for (let at = 0; at < part.size;) {
    const length = part.read(piece, at);
    hasher.update(piece.subarray(0, length));
    at += length;
    onProgress(at);
    // Reading is synchronous: an abort gets its turn here.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return hasher.digest('hex');
}
