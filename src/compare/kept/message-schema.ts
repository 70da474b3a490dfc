/** The check that messages of a file must pass before they are kept and drawn. */
import * as v from 'valibot';
import type { StoredMessage } from '../../core/conversation';
import {
  circumstances,
  effect,
  endReason,
  error,
  measurement,
  number,
  onlyTrue,
  optionalNumber,
  optionalText,
  provenance,
  runsOn,
  text,
  timings,
  usage,
} from './answer-parts-schema';
import { passageSchema, retrievalReportSchema } from './retrieval-report-schema';

const choice = { text, probability: number };
const token = v.object({ ...choice, alternatives: v.array(v.object(choice)) });

const toolCall = v.object({ id: text, name: text, arguments: text });

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
  runsOn: v.optional(runsOn),
  endReason: v.optional(endReason),
  usage: v.optional(usage),
  timings: v.optional(timings),
  measurement: v.optional(measurement),
  circumstances: v.optional(circumstances),
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
