/** One answer of an OpenAI-style server: its server-sent events as ChatEvents. */
import type { ChatRequest } from '../../core/backend';
import type { ChatEvent, EndReason, EngineTimings, TokenProbabilities, Usage } from '../../core/chat-event';
import type { ServerConnection } from '../../core/connection';
import { mapParams } from '../../core/map-params';
import type { ParamTable } from '../../core/params';
import { withoutTools } from '../../core/tool-turns';
import type { OpenAiQuirks } from '../presets';
import type { ServerHttp } from '../shared/http';
import { createToolCallMerger, type ToolCallMerger } from '../shared/merge-tool-calls';
import { toolsField } from '../shared/openai-tools';
import { parseRecord } from '../shared/parse-record';
import { withRefused } from '../shared/refused-params';
import { readSse } from '../shared/sse';
import { createThinkSplitter, type ThinkDelta } from '../shared/think-tags';
import type { ThinkSplitter } from '../shared/think-tags';
import { tokenProbabilities, withLogprobs } from '../shared/token-probabilities';
import { SourceReader } from './read-sources';
import { chatBody, completionBody } from './request-body';
import { streamCutShort } from './stream-cut-short';
import { chunkSchema, wholeAnswerSchema } from './wire';
import type { Chunk } from './wire';

export interface AnswerSource {
  readonly http: ServerHttp;
  readonly connection: ServerConnection;
  readonly quirks: OpenAiQuirks;
  readonly params: ParamTable;
  /** Prefix of the API's routes. */
  readonly api: string;
  /** False where the server says that the model's template has no tools: it would drop them in silence. */
  readonly takesTools: boolean;
}

/**
 * @throws BackendError; a stream that ends without a `finish_reason` is an error, unless its last words are whole
 * tool calls: some servers forget it there. A document is whole with or without it.
 */
export async function* streamAnswer(
  { http, connection, quirks, params: table, api, takesTools }: AnswerSource,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const ignoresTools = !takesTools && (request.tools ?? []).length > 0;
  const { modelId, messages, params, promptFormat, tools, continues, relayAnswer } = takesTools
    ? request
    : withoutTools(request);
  const isPlain = promptFormat === 'plain';
  const { body: settings, effects } = mapParams(params, table);
  const body = {
    ...withLogprobs(settings),
    model: modelId,
    stream: true,
    ...(quirks.acceptsStreamOptions ? { stream_options: { include_usage: true } } : {}),
    ...(isPlain ? completionBody(messages) : { ...chatBody(messages, continues), ...toolsField(tools) }),
  };
  const path = isPlain ? `${api}/completions` : `${api}/chat/completions`;
  const answered = await http
    .postForStream(path, body, wholeAnswerSchema, signal, relayAnswer)
    .catch((thrown: unknown) => {
      throw withRefused(thrown, effects);
    });
  const arrivesWhole = 'whole' in answered;
  yield {
    type: 'stream-start',
    modelId,
    effects,
    ...(arrivesWhole && { arrivesWhole }),
    ...(ignoresTools && { ignoresTools }),
  };

  const thoughts = createThinkSplitter();
  const merger = createToolCallMerger();
  const reader = new SourceReader();
  const seen = { chunks: 0, isDone: arrivesWhole };
  let finish: string | undefined;
  let last: Pick<Chunk, 'usage' | 'timings'> = {};
  const chunks = arrivesWhole ? [answered.whole] : readChunks(answered.stream, seen, connection, signal);
  for await (const chunk of chunks) {
    yield* deltas(chunk, thoughts);
    const named = reader.push(chunk);
    if (named) yield { type: 'sources', sources: named };
    merger.push(chunk.choices[0]?.delta?.tool_calls ?? []);
    finish = chunk.choices[0]?.finish_reason ?? finish;
    // Usage comes with the last choice or after it in a chunk without choices.
    last = { usage: chunk.usage ?? last.usage, timings: chunk.timings ?? last.timings };
  }
  yield* thoughts.flush();
  const isOver = arrivesWhole || (seen.isDone && !merger.isEmpty && merger.isWhole);
  if (finish === undefined && !isOver) throw streamCutShort(seen, connection);
  yield* merger.calls();
  yield { type: 'stream-end', reason: endReason(finish, merger), usage: usage(last), timings: timings(last) };
}

/** Up to the end mark. */
async function* readChunks(
  stream: ReadableStream<Uint8Array>,
  seen: { chunks: number; isDone: boolean },
  connection: ServerConnection,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  for await (const data of readSse(stream, signal)) {
    seen.isDone = data === '[DONE]';
    if (seen.isDone) return;
    seen.chunks++;
    yield parseRecord(data, chunkSchema, connection);
  }
}

function* deltas({ choices }: Chunk, thoughts: ThinkSplitter): Generator<ThinkDelta | TokenProbabilities> {
  const [choice] = choices;
  if (!choice) return;
  const reasoning = choice.delta?.reasoning || choice.delta?.reasoning_content;
  if (reasoning) yield { type: 'reasoning-delta', text: reasoning };
  const text = choice.delta?.content || choice.text;
  if (text) yield* thoughts.push(text);
  yield* tokenProbabilities(choice.logprobs?.content);
}

const endReasons: Readonly<Record<string, EndReason>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
};

/** Some say `stop` after a call (vLLM where the call was forced). */
function endReason(finish = 'stop', { isEmpty }: ToolCallMerger): EndReason {
  if (!isEmpty && finish !== 'length' && finish !== 'content_filter') return 'tool-calls';
  return endReasons[finish] ?? 'other';
}

function usage({ usage: told }: Pick<Chunk, 'usage'>): Usage | undefined {
  if (!told) return undefined;
  return {
    promptTokens: told.prompt_tokens ?? undefined,
    cachedTokens: told.prompt_tokens_details?.cached_tokens ?? undefined,
    completionTokens: told.completion_tokens ?? undefined,
    reasoningTokens: told.completion_tokens_details?.reasoning_tokens ?? undefined,
  };
}

function timings({ timings: told }: Pick<Chunk, 'timings'>): EngineTimings | undefined {
  if (!told) return undefined;
  return { prefillMs: told.prompt_ms ?? undefined, decodeMs: told.predicted_ms ?? undefined };
}
