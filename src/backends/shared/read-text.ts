/** The bytes of a response body as text, in the pieces in which they arrive. */
import { BackendError } from '../../core/backend-error';
import { longestRecord, recordTooLong } from './record-limit';

/**
 * Leaving the loop early closes the connection.
 * @throws BackendError `malformed-stream` when the connection breaks; an abort rethrows what the body threw.
 */
export async function* readText(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  // Safari has no async iteration of a ReadableStream.
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (text) yield text;
      if (done) return;
    }
  } catch (thrown) {
    // The relay tells why a stream through it broke off.
    if (signal.aborted || thrown instanceof BackendError) throw thrown;
    throw new BackendError(
      'malformed-stream',
      'The connection broke while the answer was coming in.',
      { hint: 'Retry asks for the whole answer again.' },
      thrown,
    );
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** @throws BackendError as above, and where there is more than one record may have. */
export async function readAllText(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<string> {
  let all = '';
  for await (const text of readText(body, signal)) {
    all += text;
    if (all.length > longestRecord) throw recordTooLong();
  }
  return all;
}
