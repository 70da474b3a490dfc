/** Server-sent events: a byte stream → the data of its events, however the bytes were cut. */
import { createParser } from 'eventsource-parser';
import { readText } from './read-text';
import { longestRecord, recordTooLong } from './record-limit';

export async function* readSse(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  limit = longestRecord,
): AsyncGenerator<string, void, undefined> {
  const ready: string[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: limit,
    onEvent: ({ data }) => ready.push(data),
    onError: ({ type, field, value }) => {
      if (type === 'max-buffer-size-exceeded') isTooLong = true;
      // Older llama.cpp servers report a failure in a field of this name instead of an event.
      else if (field === 'error') ready.push(`{"error":${value ?? '""'}}`);
    },
  });
  for await (const text of readText(body, signal)) {
    parser.feed(text);
    yield* ready.splice(0);
    if (isTooLong) throw recordTooLong();
  }
  // A server may leave out the blank line after its last event.
  parser.feed('\n\n');
  yield* ready.splice(0);
}
