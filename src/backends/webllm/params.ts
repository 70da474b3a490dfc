/** What WebLLM 0.2.86 makes of each setting, as read in its source: a value out of range is an error there. */
import type { JsonObject } from '../../core/json';
import type { ParamTable } from '../../core/params';

/** Zero is refused for these. */
const smallest = 0.01;

export const webLlmParams: ParamTable = {
  temperature: { wire: 'temperature', min: 0, max: 2 },
  topP: { wire: 'top_p', min: smallest, max: 1 },
  topK: 'unsupported',
  minP: 'unsupported',
  typicalP: 'unsupported',
  repeatPenalty: { wire: 'repetition_penalty', min: smallest },
  frequencyPenalty: { wire: 'frequency_penalty', min: -2, max: 2 },
  presencePenalty: { wire: 'presence_penalty', min: -2, max: 2 },
  // Its random generator breaks on a negative one.
  seed: { wire: 'seed', min: 0, max: Number.MAX_SAFE_INTEGER, convert: Math.trunc },
  stop: { wire: 'stop', convert: (texts) => texts.filter((text) => text !== '') },
  maxTokens: { wire: 'max_tokens', min: 1, convert: Math.trunc },
  // Fixed when the model is loaded; `load-options.ts` takes it out of the settings.
  contextLength: { wire: 'context_window_size', min: 256, convert: Math.trunc, reloads: true },
  // A JSON Schema travels as a string.
  format: {
    wire: 'response_format',
    convert: (format): JsonObject =>
      format === 'json' ? { type: 'json_object' } : { type: 'json_object', schema: JSON.stringify(format) },
  },
  // The same field as the format: `chat-call.ts` says that the format gives way.
  grammar: { wire: 'response_format', convert: (grammar): JsonObject => ({ type: 'grammar', grammar }) },
  topLogprobs: { wire: 'top_logprobs', min: 1, max: 5 },
  // Only for models that think: `chat-call.ts` warns for the others.
  thinking: { wire: 'extra_body.enable_thinking', convert: (thinking) => thinking !== false },
  keepAlive: 'unsupported',
  extra: 'unsupported',
};

/** Its completions take no other fields, and drop these in silence. */
export const webLlmPlainParams: ParamTable = {
  ...webLlmParams,
  format: 'unsupported',
  grammar: 'unsupported',
  thinking: 'unsupported',
};
