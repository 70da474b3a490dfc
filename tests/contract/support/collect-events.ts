/** Runs one chat to its end and gathers what came. */
import type { Backend, ChatRequest } from '../../../src/core/backend';
import type { ChatEvent } from '../../../src/core/chat-event';
import { streamChat } from '../../../src/core/stream-chat';

export async function collectEvents(
  backend: Pick<Backend, 'chat'>,
  request: ChatRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of streamChat(backend, request, signal)) events.push(event);
  return events;
}

export function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}

export function reasoningOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'reasoning-delta' ? event.text : '')).join('');
}

/** Neighbouring deltas of one type as one: where the bytes were cut must not matter. */
export function mergeDeltas(events: readonly ChatEvent[]): ChatEvent[] {
  const merged: ChatEvent[] = [];
  for (const event of events) {
    const last = merged.at(-1);
    if ((event.type === 'text-delta' || event.type === 'reasoning-delta') && last?.type === event.type) {
      merged[merged.length - 1] = { type: event.type, text: last.text + event.text };
    } else merged.push(event);
  }
  return merged;
}

/** The terminal event, after checking the shape of the whole: a start, deltas, one end. */
export function terminalOf(events: readonly ChatEvent[]): ChatEvent {
  const types = events.map(({ type }) => type);
  const shape = types.join(' ');
  if (!/^stream-start( (text|reasoning)-delta| tool-call| sources)* stream-(end|error)$/.test(shape)) {
    throw new Error(`Not a well-formed stream: ${shape}`);
  }
  const last = events.at(-1);
  if (!last) throw new Error('No events');
  return last;
}
