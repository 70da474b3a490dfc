/** One answer that goes on where an earlier one stopped, in the way that the backend knows. */
import type { ChatRequest } from '../../core/backend';
import type { ChatEvent, ContinueWay } from '../../core/chat-event';
import type { ChatMessage } from '../../core/chat-message';
import { asRequested } from '../../core/map-params';
import type { ParamEffect } from '../../core/param-effect';
import type { ParamName, Params } from '../../core/params';
import { createSeam, type Seam } from './seam';

type Chat = (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ChatEvent>;

/** A form binds a text from its first character: what goes on with half of one would begin another. */
const onlyForWhole = ['format', 'grammar'] as const satisfies readonly ParamName[];

/**
 * Passes a request that continues nothing on as it is.
 * @param chat gets `continues` only where it continues natively
 * @param way what `chat` can
 */
export async function* continueAnswer(
  chat: Chat,
  request: ChatRequest,
  way: ContinueWay,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const before = request.messages.at(-1);
  if (!request.continues || before?.role !== 'assistant') {
    yield* chat(request, signal);
    return;
  }
  const seam = way === 'by asking' ? createSeam(before.text) : undefined;
  for await (const event of chat(continuation(request, before, way), signal)) {
    if (event.type === 'stream-start') {
      yield { ...event, continued: way, effects: effectsOf(event.effects, request.params) };
    } else yield* seam ? joined(event, seam) : [event];
  }
}

function continuation(request: ChatRequest, before: ChatMessage, way: ContinueWay): ChatRequest {
  const params: Params = { ...request.params, format: undefined, grammar: undefined };
  if (way === 'natively') {
    // The thought, if there was one, is over: a text follows it.
    return { ...request, params: request.promptFormat === 'plain' ? params : { ...params, thinking: false } };
  }
  const messages = [...request.messages, { role: 'user', text: instruction(before.text) } as const];
  return { ...request, params, messages, continues: undefined };
}

/** The words that are to be repeated show where the new text joins the old one. */
function instruction(before: string): string {
  return (
    'Your last answer was cut off. Continue it exactly where it stopped, in the same language and form. ' +
    `Begin by repeating its last words, “${lastWords(before)}”, and go on from there. ` +
    'Write nothing before them, and do not start over.'
  );
}

/** From the start of a word, at most sixty characters of the last line that has any. */
function lastWords(text: string): string {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  const end = line.slice(-60);
  return end.length < line.length ? end.replace(/^\S*\s+/, '') : end;
}

function* joined(event: ChatEvent, seam: Seam): Generator<ChatEvent> {
  if (event.type === 'text-delta') {
    const text = seam.push(event.text);
    if (text !== '') yield { type: 'text-delta', text };
    return;
  }
  if (event.type === 'stream-end') {
    const text = seam.finish();
    if (text !== '') yield { type: 'text-delta', text };
  }
  yield event;
}

/** In the person's own values, without what only we set. */
function effectsOf(effects: readonly ParamEffect[], params: Params): ParamEffect[] {
  const dropped = onlyForWhole.flatMap((param): ParamEffect[] => {
    const requested = params[param];
    return requested === undefined ? [] : [{ param, outcome: 'ignored', requested }];
  });
  const asked = effects.filter(({ param }) => params[param] !== undefined);
  return [...asRequested(asked, params), ...dropped];
}
