/** One answer of Ollama: the request to `/api/chat` or `/api/generate`, and its lines as ChatEvents. */
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ChatEvent, EndReason, EngineTimings, Usage } from '../../core/chat-event';
import type { ChatMessage } from '../../core/chat-message';
import type { ServerConnection } from '../../core/connection';
import type { JsonObject } from '../../core/json';
import type { ParamTable } from '../../core/params';
import { asRequested, mapParams } from '../../core/map-params';
import type { ServerHttp } from '../shared/http';
import { joinPrompt } from '../shared/join-prompt';
import { readNdjson } from '../shared/ndjson';
import { parseRecord } from '../shared/parse-record';
import { withRefused } from '../shared/refused-params';
import { createThinkSplitter } from '../shared/think-tags';
import { tokenProbabilities, withLogprobs } from '../shared/token-probabilities';
import { fitThink } from './fit-think';
import { answerLineSchema } from './wire';
import type { AnswerLine } from './wire';

export interface AnswerSource {
  readonly http: ServerHttp;
  readonly connection: ServerConnection;
  readonly params: ParamTable;
  readonly family: string | undefined;
}

/** @throws BackendError; a stream that ends without `done: true` throws `malformed-stream`. */
export async function* streamAnswer(
  { http, connection, params, family }: AnswerSource,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
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
  const stream = await http.postForStream(path, body, signal).catch((thrown: unknown) => {
    throw withRefused(thrown, effects);
  });
  yield { type: 'stream-start', modelId: request.modelId, effects };
  const thoughts = createThinkSplitter();
  for await (const record of readNdjson(stream, signal)) {
    const line = parseRecord(record, answerLineSchema, connection);
    const thinking = line.message?.thinking || line.thinking;
    if (thinking) yield { type: 'reasoning-delta', text: thinking };
    yield* thoughts.push(line.message?.content || line.response);
    yield* tokenProbabilities(line.logprobs);
    if (line.done) {
      yield* thoughts.flush();
      return yield {
        type: 'stream-end',
        reason: endReason(line),
        usage: usage(line),
        timings: timings(line),
      };
    }
  }
  yield* thoughts.flush();
  throw new BackendError('malformed-stream', `${connection.label} broke off before the end of the answer.`, {
    hint: 'Retry asks for the whole answer again.',
  });
}

function chat({ messages }: ChatRequest): JsonObject {
  return {
    messages: messages.map(({ role, text, images }) => ({
      role,
      content: text,
      ...(images?.length ? { images: images.map(({ base64 }) => base64) } : {}),
    })),
  };
}

function plain({ messages }: ChatRequest): JsonObject {
  const images = messages.flatMap((message: ChatMessage) => message.images ?? []).map(({ base64 }) => base64);
  return { prompt: joinPrompt(messages), raw: true, ...(images.length ? { images } : {}) };
}

function endReason({ done_reason: reason }: AnswerLine): EndReason {
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
