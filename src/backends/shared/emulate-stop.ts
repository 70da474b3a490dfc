/** Stop strings where a backend knows none: the page watches the text and ends the answer itself. */
import type { ChatEvent } from '../../core/chat-event';
import { StopStrings } from './stop-strings';

/**
 * The same events, up to a stop string. What comes after it is never asked for: leaving the loop stops the backend.
 * @param stops none passes everything on
 */
export async function* emulateStop(
  events: AsyncIterable<ChatEvent>,
  stops: readonly string[] = [],
): AsyncGenerator<ChatEvent, void, undefined> {
  const wanted = stops.filter((stop) => stop !== '');
  if (wanted.length === 0) {
    yield* events;
    return;
  }
  const watch = new StopStrings(wanted);
  for await (const event of events) {
    if (event.type !== 'text-delta') {
      if (event.type === 'stream-end') yield* asText(watch.finish());
      yield event;
      continue;
    }
    yield* asText(watch.push(event.text));
    if (watch.isStopped) return yield { type: 'stream-end', reason: 'stop' };
  }
}

function* asText(text: string): Generator<ChatEvent> {
  if (text !== '') yield { type: 'text-delta', text };
}
