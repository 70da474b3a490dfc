/** Tells UTF-16 by its mark, or by the zero bytes that most writing has in it. */

export type Utf16 = 'utf-16le' | 'utf-16be';

const sampleBytes = 4096;
/** Of the bytes on one side. Western writing has nearly all of them zero; of a program's bytes about half a side at most. */
const fewestZeros = 0.7;
const mostZerosElsewhere = 0.05;

export function utf16Guess(bytes: Uint8Array): Utf16 | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const pairs = Math.floor(Math.min(bytes.length, sampleBytes) / 2);
  if (pairs < 2) return undefined;
  let [even, odd] = [0, 0];
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd >= pairs * fewestZeros && even <= pairs * mostZerosElsewhere) return 'utf-16le';
  if (even >= pairs * fewestZeros && odd <= pairs * mostZerosElsewhere) return 'utf-16be';
  return undefined;
}
