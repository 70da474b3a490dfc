/**
 * JSON output where a backend cannot be held to it: the model is told the form, what it writes is checked, and it is
 * asked once more where that is no such JSON.
 */
import type { ChatRequest } from '../../core/backend';
import type { ChatEvent, StreamEnd } from '../../core/chat-event';
import type { ChatMessage } from '../../core/chat-message';
import type { ParamValues } from '../../core/params';
import { checkJson } from '../../platform/check-json';

type Chat = (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ChatEvent>;

/** The text streams as it comes; a `text-reset` takes back what another text replaces. */
export async function* emulateFormat(
  chat: Chat,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const { format } = request.params;
  if (format === undefined) {
    yield* chat(request, signal);
    return;
  }
  const schema = typeof format === 'object' ? format : undefined;
  const told = { ...request, messages: withInstruction(request.messages, format) };
  const first = yield* attempt(chat(told, signal), true);
  // An answer that was cut or stopped is not wrong, only unfinished.
  if (!first.end || first.end.reason !== 'stop') return;
  const found = jsonIn(first.text, schema);
  if ('json' in found) {
    yield* replacement(first.text, found.json, 'The text around the JSON was left out.');
    return yield first.end;
  }
  const [problem] = found.problems;
  yield { type: 'text-reset', reason: `The first attempt did not fit (${problem}) and was asked for again.` };
  const second = yield* attempt(chat(askedAgain(told, first.text, found.problems), signal), false);
  if (!second.end) return;
  const repaired = jsonIn(second.text, schema);
  if ('json' in repaired && second.end.reason === 'stop') {
    yield* replacement(second.text, repaired.json, 'The text around the JSON was left out.');
  }
  yield {
    ...second.end,
    usage: sum(first.end.usage, second.end.usage, usageNames),
    timings: sum(first.end.timings, second.end.timings, timingNames),
    isRepeated: true,
  };
}

interface Attempt {
  readonly text: string;
  /** Absent where the stream failed, which was passed on. */
  readonly end?: StreamEnd;
}

/** Passes everything on but the end. */
async function* attempt(
  events: AsyncIterable<ChatEvent>,
  isFirst: boolean,
): AsyncGenerator<ChatEvent, Attempt, undefined> {
  let text = '';
  for await (const event of events) {
    if (event.type === 'stream-end') {
      if (event.reason !== 'stop' && isFirst) yield event;
      return { text, end: event };
    }
    if (event.type === 'text-delta') text += event.text;
    if (event.type === 'text-reset') text = '';
    if (event.type !== 'stream-start' || isFirst) yield event;
  }
  return { text };
}

function* replacement(text: string, json: string, reason: string): Generator<ChatEvent> {
  if (text.trim() === json) return;
  yield { type: 'text-reset', reason };
  yield { type: 'text-delta', text: json };
}

/** The whole text, or the JSON that a model wrapped in a code block or in words. */
function jsonIn(
  text: string,
  schema: object | undefined,
): { readonly json: string } | { readonly problems: readonly [string, ...(readonly string[])] } {
  const whole = text.trim();
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/i.exec(whole)?.[1]?.trim();
  const braced = /[[{][\s\S]*[\]}]/.exec(whole)?.[0];
  for (const candidate of [whole, fenced, braced]) {
    if (candidate !== undefined && 'value' in checkJson(candidate, schema)) return { json: candidate };
  }
  const best = checkJson(fenced ?? braced ?? whole, schema);
  return 'problems' in best ? best : { json: whole };
}

function withInstruction(
  messages: readonly ChatMessage[],
  format: ParamValues['format'],
): readonly ChatMessage[] {
  const instruction = [
    'Answer with JSON only: no explanation before or after it, no code block around it.',
    ...(format === 'json' ? [] : [`It must fit this JSON Schema:\n${JSON.stringify(format)}`]),
  ].join('\n');
  const [first, ...others] = messages;
  // One system message: many chat templates know no second one.
  return first?.role === 'system'
    ? [{ ...first, text: `${first.text}\n\n${instruction}` }, ...others]
    : [{ role: 'system', text: instruction }, ...messages];
}

function askedAgain(request: ChatRequest, text: string, problems: readonly string[]): ChatRequest {
  const complaint = `This is not what I asked for. ${problems.join(' ')} Write the whole JSON again, corrected, and nothing else.`;
  const turns: ChatMessage[] = [
    { role: 'assistant', text },
    { role: 'user', text: complaint },
  ];
  return { ...request, messages: [...request.messages, ...turns] };
}

const usageNames = ['promptTokens', 'cachedTokens', 'completionTokens', 'reasoningTokens'] as const;
const timingNames = ['prefillMs', 'decodeMs'] as const;

/** Both attempts were paid for. What one of them does not tell, nobody knows of both. */
function sum<Name extends string>(
  first: Readonly<Partial<Record<Name, number>>> | undefined,
  second: Readonly<Partial<Record<Name, number>>> | undefined,
  names: readonly Name[],
): Partial<Record<Name, number>> | undefined {
  if (!first || !second) return undefined;
  const sums: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const [a, b] = [first[name], second[name]];
    if (a !== undefined && b !== undefined) sums[name] = a + b;
  }
  return sums;
}
