/** Newline-delimited JSON: a byte stream → its lines, however the bytes were cut. */
import { readText } from './read-text';
import { longestRecord, recordTooLong } from './record-limit';

/** Yields every line that is not blank; accepts LF and CRLF, and a last line without either. */
export async function* readNdjson(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  limit = longestRecord,
): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const text of readText(body, signal)) {
    const lines = text.split('\n');
    lines[0] = rest + (lines[0] ?? '');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) yield line;
    if (rest.length > limit) throw recordTooLong();
  }
  if (rest.trim()) yield rest;
}
