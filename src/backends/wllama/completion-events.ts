/** What llama.cpp says chunk by chunk, as engine events. */
import type { EndReason, EngineTimings, Usage } from '../../core/chat-event';
import type { EngineEvent } from '../shared/engine';
import { createToolCallMerger, type ToolCallDelta } from '../shared/merge-tool-calls';
import { createThinkSplitter } from '../shared/think-tags';
import { type SaidToken, tokenProbabilities } from '../shared/token-probabilities';

/** The fields that we read. wllama's own types leave out `reasoning_content`; chat chunks have `delta`, plain ones `text`. */
export interface CompletionChunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly reasoning_content?: string | null;
      readonly tool_calls?: readonly ToolCallDelta[] | null;
    };
    readonly text?: string;
    readonly logprobs?: { readonly content?: readonly SaidToken[] | null } | null;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly prompt_tokens_details?: { readonly cached_tokens?: number };
  } | null;
  readonly timings?: { readonly prompt_ms: number; readonly predicted_ms: number };
}

const endReasons: ReadonlyMap<string, EndReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'content-filter'],
]);

/** Deltas, then one `stream-end`. Throws what the chunks throw. */
export async function* completionEvents(
  chunks: AsyncIterable<CompletionChunk>,
): AsyncGenerator<EngineEvent, void, undefined> {
  // llama.cpp splits off the thoughts of the templates it knows; this one is for the others.
  const thoughts = createThinkSplitter();
  const merger = createToolCallMerger();
  let reason: EndReason = 'other';
  let usage: Usage | undefined;
  let timings: EngineTimings | undefined;
  for await (const chunk of chunks) {
    const choice = chunk.choices?.[0];
    const reasoning = choice?.delta?.reasoning_content;
    if (reasoning) yield { type: 'reasoning-delta', text: reasoning };
    const text = choice?.delta?.content ?? choice?.text;
    if (text) yield* thoughts.push(text);
    merger.push(choice?.delta?.tool_calls ?? []);
    yield* tokenProbabilities(choice?.logprobs?.content);
    if (choice?.finish_reason) reason = endReasons.get(choice.finish_reason) ?? 'other';
    if (chunk.usage) usage = readUsage(chunk.usage);
    if (chunk.timings) timings = readTimings(chunk.timings);
  }
  yield* thoughts.flush();
  yield* merger.calls();
  if (!merger.isEmpty && reason !== 'length') reason = 'tool-calls';
  yield { type: 'stream-end', reason, ...(usage && { usage }), ...(timings && { timings }) };
}

function readUsage(said: NonNullable<CompletionChunk['usage']>): Usage {
  const cachedTokens = said.prompt_tokens_details?.cached_tokens;
  return {
    promptTokens: said.prompt_tokens,
    completionTokens: said.completion_tokens,
    ...(cachedTokens !== undefined && { cachedTokens }),
  };
}

function readTimings(said: NonNullable<CompletionChunk['timings']>): EngineTimings {
  return { prefillMs: said.prompt_ms, decodeMs: said.predicted_ms };
}
