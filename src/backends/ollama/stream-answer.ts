/** One answer of Ollama: the request to `/api/chat` or `/api/generate`, and its lines as ChatEvents. */
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ChatEvent, EndReason, EngineTimings, Usage } from '../../core/chat-event';
import type { ChatMessage } from '../../core/chat-message';
import type { ServerConnection } from '../../core/connection';
import type { JsonObject } from '../../core/json';
import type { ParamTable } from '../../core/params';
import { asRequested, mapParams } from '../../core/map-params';
import { withoutTools } from '../../core/tool-turns';
import type { ServerHttp } from '../shared/http';
import { joinPrompt } from '../shared/join-prompt';
import { readNdjson } from '../shared/ndjson';
import { parseRecord } from '../shared/parse-record';
import { toolsField } from '../shared/openai-tools';
import { withRefused } from '../shared/refused-params';
import { createThinkSplitter } from '../shared/think-tags';
import { tokenProbabilities, withLogprobs } from '../shared/token-probabilities';
import { fitThink } from './fit-think';
import { toolCallEvent, toolFields } from './tool-messages';
import { answerLineSchema, wholeAnswerSchema } from './wire';
import type { AnswerLine } from './wire';

export interface AnswerSource {
  readonly http: ServerHttp;
  readonly connection: ServerConnection;
  readonly params: ParamTable;
  readonly family: string | undefined;
  /** False where the model is known to have no tools: the server would refuse the whole request. */
  readonly takesTools: boolean;
  /** Asked once the answer has begun: the model is loaded then. Never rejects. */
  readonly windowInForce: (signal: AbortSignal) => Promise<number | undefined>;
}

/** @throws BackendError; a stream that ends without `done: true` throws `malformed-stream`. */
export async function* streamAnswer(
  { http, connection, params, family, takesTools, windowInForce }: AnswerSource,
  asked: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const ignoresTools = !takesTools && (asked.tools ?? []).length > 0;
  const request = takesTools ? asked : withoutTools(asked);
  const fitted = fitThink(request.params.thinking, family);
  const mapped = mapParams({ ...request.params, thinking: fitted.thinking }, params);
  const effects = [...asRequested(mapped.effects, request.params), ...fitted.effects];
  const isPlain = request.promptFormat === 'plain';
  const body = {
    ...withLogprobs(mapped.body),
    model: request.modelId,
    stream: true,
    ...(isPlain ? plain(request) : chat(request)),
  };
  const path = isPlain ? '/api/generate' : '/api/chat';
  const answered = await http
    .postForStream(path, body, wholeAnswerSchema, signal, request.relayAnswer)
    .catch((thrown: unknown) => {
      throw withRefused(thrown, effects);
    });
  const arrivesWhole = 'whole' in answered;
  yield {
    type: 'stream-start',
    modelId: request.modelId,
    effects,
    ...(arrivesWhole && { arrivesWhole }),
    ...(ignoresTools && { ignoresTools }),
  };
  const thoughts = createThinkSplitter();
  let calls = 0;
  let window: Promise<number | undefined> | undefined;
  const lines = arrivesWhole ? [answered.whole] : readLines(answered.stream, connection, signal);
  for await (const line of lines) {
    // Asked beside the stream, so that the end need not wait for it.
    window ??= windowInForce(signal);
    const thinking = line.message?.thinking || line.thinking;
    if (thinking) yield { type: 'reasoning-delta', text: thinking };
    yield* thoughts.push(line.message?.content || line.response);
    for (const call of line.message?.tool_calls ?? []) yield toolCallEvent(call, calls++);
    yield* tokenProbabilities(line.logprobs);
    if (line.done) {
      yield* thoughts.flush();
      return yield {
        type: 'stream-end',
        reason: endReason(line, calls > 0),
        usage: usage(line),
        timings: timings(line),
        contextLength: await window,
      };
    }
  }
  yield* thoughts.flush();
  throw new BackendError('malformed-stream', `${connection.label} broke off before the end of the answer.`, {
    hint: 'Retry asks for the whole answer again.',
  });
}

async function* readLines(
  stream: ReadableStream<Uint8Array>,
  connection: ServerConnection,
  signal: AbortSignal,
): AsyncGenerator<AnswerLine, void, undefined> {
  for await (const record of readNdjson(stream, signal)) {
    yield parseRecord(record, answerLineSchema, connection);
  }
}

function chat({ messages, tools }: ChatRequest): JsonObject {
  return {
    messages: messages.map((message) => ({
      role: message.role,
      content: message.text,
      ...(message.images?.length ? { images: message.images.map(({ base64 }) => base64) } : {}),
      ...toolFields(message),
    })),
    ...toolsField(tools),
  };
}

function plain({ messages }: ChatRequest): JsonObject {
  const images = messages.flatMap((message: ChatMessage) => message.images ?? []).map(({ base64 }) => base64);
  return { prompt: joinPrompt(messages), raw: true, ...(images.length ? { images } : {}) };
}

function endReason({ done_reason: reason }: AnswerLine, hasCalls: boolean): EndReason {
  // The server itself says `stop` after a call.
  if (hasCalls && reason !== 'length') return 'tool-calls';
  // Servers before 0.1.48 tell no reason.
  if (reason === 'stop' || reason === undefined) return 'stop';
  return reason === 'length' ? 'length' : 'other';
}

function usage(line: AnswerLine): Usage {
  return { promptTokens: line.prompt_eval_count, completionTokens: line.eval_count };
}

function timings(line: AnswerLine): EngineTimings {
  return {
    loadMs: milliseconds(line.load_duration),
    prefillMs: milliseconds(line.prompt_eval_duration),
    decodeMs: milliseconds(line.eval_duration),
  };
}

function milliseconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
}
