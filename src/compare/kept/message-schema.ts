/** The check that messages of a file must pass before they are kept and drawn. */
import * as v from 'valibot';
import { backendErrorCodes, type PlainBackendError } from '../../core/backend-error';
import type { StoredMessage } from '../../core/conversation';
import { type BackendKind, serverKinds } from '../../core/connection';
import { localEngines } from '../../core/local-model';
import type { JsonValue } from '../../core/json';
import type { ParamEffect } from '../../core/param-effect';
import type { ParamName } from '../../core/params';
import type { Provenance } from '../../core/provenance';
import { paramEntries } from '../params-schema';
import { jsonObjectSchema } from '../json-object-schema';
import { passageSchema, retrievalReportSchema } from './retrieval-report-schema';

const text = v.string();
const number = v.pipe(v.number(), v.finite());
const optionalText = v.optional(text);
const optionalNumber = v.optional(number);
const onlyTrue = v.optional(v.literal(true));
/** What comes out of `JSON.parse` is one. */
const json = v.custom<JsonValue>(() => true);
const paramName = v.picklist(Object.keys(paramEntries) as ParamName[]);
const effect: v.GenericSchema<unknown, ParamEffect> = v.object({
  param: paramName,
  outcome: v.picklist(['sent', 'emulated', 'ignored', 'refused']),
  requested: json,
  adjusted: v.optional(json),
  wire: optionalText,
  sent: v.optional(json),
});

const error: v.GenericSchema<unknown, PlainBackendError> = v.object({
  code: v.picklist(backendErrorCodes),
  message: text,
  detail: v.object({
    status: optionalNumber,
    retryAfterMs: optionalNumber,
    said: optionalText,
    hint: optionalText,
    effects: v.optional(v.array(effect)),
  }),
});

const usage = v.object({
  promptTokens: optionalNumber,
  cachedTokens: optionalNumber,
  completionTokens: optionalNumber,
  reasoningTokens: optionalNumber,
});

const measurement = v.object({
  firstTokenMs: optionalNumber,
  totalMs: number,
  gapMs: optionalNumber,
  loadMs: optionalNumber,
  loadTimings: v.optional(v.object({ filesMs: number, initializeMs: number })),
  isCold: v.optional(v.boolean()),
  arrivedWhole: onlyTrue,
  isRepeated: onlyTrue,
  prefillTokensPerSecond: optionalNumber,
  tokensPerSecond: optionalNumber,
  completionTokens: number,
  isEstimated: v.boolean(),
});

const choice = { text, probability: number };
const token = v.object({ ...choice, alternatives: v.array(v.object(choice)) });

const toolCall = v.object({ id: text, name: text, arguments: text });

const kinds: readonly BackendKind[] = [...serverKinds, ...localEngines, 'prompt-api'];
const provenance: v.GenericSchema<unknown, Provenance> = v.object({
  kind: v.optional(v.picklist(kinds)),
  version: optionalText,
  digest: optionalText,
  source: optionalText,
  quantization: optionalText,
  templateDigest: optionalText,
  isPlain: onlyTrue,
  tools: v.optional(v.array(v.object({ name: text, description: text, parameters: jsonObjectSchema }))),
});

const base = {
  id: text,
  conversationId: text,
  parentId: v.nullable(text),
  position: number,
  createdAt: number,
  text,
};

const question = v.object({
  ...base,
  role: v.literal('user'),
  images: v.optional(v.array(v.object({ mediaType: text, base64: text }))),
});

const toolResult = v.object({
  ...base,
  role: v.literal('tool'),
  toolCallId: text,
  toolName: text,
  answeredBy: v.picklist(['built-in', 'person']),
  durationMs: optionalNumber,
  isFailure: onlyTrue,
  passages: v.optional(v.array(passageSchema)),
});

const answer = v.object({
  ...base,
  role: v.literal('assistant'),
  state: v.picklist(['waiting', 'loading', 'streaming', 'done', 'stopped', 'incomplete', 'failed']),
  reasoning: text,
  backendId: text,
  backendLabel: text,
  modelId: text,
  modelLabel: text,
  runsOn: v.optional(v.picklist(['this-gpu', 'this-cpu', 'server'])),
  endReason: v.optional(v.picklist(['stop', 'length', 'content-filter', 'tool-calls', 'aborted', 'other'])),
  usage: v.optional(usage),
  timings: v.optional(
    v.object({ loadMs: optionalNumber, prefillMs: optionalNumber, decodeMs: optionalNumber }),
  ),
  measurement: v.optional(measurement),
  circumstances: v.optional(v.object({ wasHidden: onlyTrue, sharedWith: v.optional(v.array(text)) })),
  timeline: v.optional(v.array(v.tuple([number, number]))),
  effects: v.optional(v.array(effect)),
  systemPrompt: v.optional(v.object({ name: optionalText, text })),
  tokens: v.optional(v.array(token)),
  toolCalls: v.optional(v.array(toolCall)),
  ignoresTools: onlyTrue,
  notice: optionalText,
  corrections: v.optional(v.array(text)),
  promptCharacters: optionalNumber,
  contextLength: optionalNumber,
  cut: v.optional(v.object({ read: number, sent: number, window: optionalNumber })),
  error: v.optional(error),
  continuedFrom: v.optional(
    v.object({
      messageId: text,
      modelLabel: text,
      length: number,
      way: v.optional(v.picklist(['natively', 'by asking'])),
    }),
  ),
  provenance: v.optional(provenance),
  replayOf: optionalText,
  retrieval: v.optional(retrievalReportSchema),
  sources: v.optional(v.array(v.object({ title: optionalText, url: optionalText, text: optionalText }))),
});

export const messageSchema: v.GenericSchema<unknown, StoredMessage> = v.variant('role', [
  question,
  answer,
  toolResult,
]);
