/** The body of a recorded reply as one buffer, without the framing of its chunks. */
import { readFileSync } from 'node:fs';

export function recordedBody(name: string): Buffer {
  const bytes = readFileSync(new URL(`../../../fixtures/recordings/${name}.txt`, import.meta.url));
  const start = bytes.indexOf('\r\n\r\n') + 4;
  // Recordings of Ollama kept the chunk sizes; whether they are decoded does not matter to a relay.
  return bytes.subarray(start);
}
