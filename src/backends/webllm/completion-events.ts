/** What WebLLM says chunk by chunk, as engine events. */
import type { CompletionUsage } from '@mlc-ai/web-llm';
import type { EndReason, EngineTimings } from '../../core/chat-event';
import type { EngineEvent } from '../shared/engine';
import { createThinkSplitter } from '../shared/think-tags';
import { type SaidToken, tokenProbabilities } from '../shared/token-probabilities';
import type { RunningPrompt } from './prompt-cache';
import { createStopGuard } from './stop-guard';

/** The fields that we read: chat chunks have `delta`, plain ones `text`. */
export interface CompletionChunk {
  readonly choices: readonly {
    readonly delta?: { readonly content?: string | null };
    readonly text?: string;
    readonly logprobs?: { readonly content?: readonly SaidToken[] | null } | null;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: CompletionUsage;
}

export interface AnswerParts {
  readonly chunks: AsyncIterable<CompletionChunk>;
  readonly stops: readonly string[];
  readonly prompt: RunningPrompt;
  /** The whole answer as the engine holds it; asked for at the end. */
  wholeAnswer(): Promise<string>;
}

const endReasons: ReadonlyMap<string, EndReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['abort', 'aborted'],
]);

/** Deltas, then one `stream-end`. Throws what the chunks throw. */
export async function* completionEvents(parts: AnswerParts): AsyncGenerator<EngineEvent, void, undefined> {
  const thoughts = createThinkSplitter();
  const guard = createStopGuard(parts.stops);
  let reason: EndReason = 'other';
  let said: CompletionUsage | undefined;
  for await (const { choices, usage } of parts.chunks) {
    const choice = choices[0];
    const text = choice?.delta?.content ?? choice?.text;
    if (text) yield* thoughts.push(guard.push(text));
    yield* tokenProbabilities(choice?.logprobs?.content);
    if (choice?.finish_reason) reason = endReasons.get(choice.finish_reason) ?? 'other';
    if (usage) said = usage;
  }
  const answer = await parts.wholeAnswer();
  yield* thoughts.push(guard.finish(answer));
  yield* thoughts.flush();
  if (!said) return yield { type: 'stream-end', reason };
  const usage = parts.prompt.end(answer, reason === 'stop', said);
  yield { type: 'stream-end', reason, usage, timings: timingsOf(said) };
}

/** The first token comes out of the prefill, so all but one were decoded. */
function timingsOf({ completion_tokens, extra }: CompletionUsage): EngineTimings {
  return {
    prefillMs: extra.time_to_first_token_s * 1000,
    decodeMs: extra.time_per_output_token_s * Math.max(0, completion_tokens - 1) * 1000,
  };
}
