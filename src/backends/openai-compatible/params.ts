/** Settings as OpenAI's chat API names them; presets override rows where a server knows more or less. */
import type { JsonObject } from '../../core/json';
import type { ParamTable, ParamValues } from '../../core/params';
import type { ParamVersions } from '../shared/param-versions';

/** What every server of this kind is expected to know. */
const standard: ParamTable = {
  temperature: { wire: 'temperature', min: 0, max: 2 },
  topP: { wire: 'top_p', min: 0, max: 1 },
  topK: 'unsupported',
  minP: 'unsupported',
  typicalP: 'unsupported',
  repeatPenalty: 'unsupported',
  frequencyPenalty: { wire: 'frequency_penalty', min: -2, max: 2 },
  presencePenalty: { wire: 'presence_penalty', min: -2, max: 2 },
  seed: { wire: 'seed' },
  stop: { wire: 'stop' },
  maxTokens: { wire: 'max_tokens', min: 1 },
  contextLength: 'unsupported',
  format: { wire: 'response_format', convert: jsonSchemaFormat },
  grammar: 'unsupported',
  topLogprobs: { wire: 'top_logprobs', min: 1, max: 20 },
  thinking: { wire: 'reasoning_effort', convert: reasoningEffort },
  keepAlive: 'unsupported',
  extra: { wire: '' },
};

const newVllm: ParamTable = {
  ...standard,
  topK: { wire: 'top_k', min: -1 },
  minP: { wire: 'min_p', min: 0, max: 1 },
  repeatPenalty: { wire: 'repetition_penalty', min: 0.01 },
  grammar: { wire: 'structured_outputs.grammar' },
  thinking: { wire: 'chat_template_kwargs', convert: templateThinking },
};

const llamaCpp: ParamTable = {
  ...standard,
  topK: { wire: 'top_k', min: 0 },
  minP: { wire: 'min_p', min: 0, max: 1 },
  typicalP: { wire: 'typical_p', min: 0, max: 1 },
  repeatPenalty: { wire: 'repeat_penalty', min: 0 },
  grammar: { wire: 'grammar' },
  thinking: { wire: 'chat_template_kwargs', convert: templateThinking },
};

/** InstructLab serves with llama-cpp-python 0.3.6, which knows no `json_schema`, no template arguments and no `typical_p`. */
const instructLab: ParamTable = {
  ...llamaCpp,
  typicalP: 'unsupported',
  // It answers 500 unless it was started with `logits_all`, which `ilab` does not do.
  topLogprobs: 'unsupported',
  format: { wire: 'response_format', convert: jsonObjectFormat },
  thinking: 'unsupported',
};

export const openAiParams: ParamVersions = [{ since: '0', params: standard }];

/** Version 0.12 dropped the `guided_*` fields, which it now takes in silence. */
export const vllmParams: ParamVersions = [
  { since: '0.12.0', params: newVllm },
  { since: '0', params: { ...newVllm, grammar: { wire: 'guided_grammar' } } },
];

export const llamaCppParams: ParamVersions = [{ since: '0', params: llamaCpp }];

export const instructLabParams: ParamVersions = [{ since: '0', params: instructLab }];

function jsonSchemaFormat(format: ParamValues['format']): JsonObject {
  if (format === 'json') return { type: 'json_object' };
  return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: format } };
}

function jsonObjectFormat(format: ParamValues['format']): JsonObject {
  return { type: 'json_object', ...(format === 'json' ? {} : { schema: format }) };
}

function reasoningEffort(thinking: ParamValues['thinking']): string {
  if (typeof thinking === 'string') return thinking;
  return thinking ? 'medium' : 'none';
}

/** Templates read one of these names (Qwen the first, Granite and DeepSeek the second, gpt-oss the third). */
function templateThinking(thinking: ParamValues['thinking']): JsonObject {
  const isOn = thinking !== false;
  return {
    enable_thinking: isOn,
    thinking: isOn,
    ...(typeof thinking === 'string' ? { reasoning_effort: thinking } : {}),
  };
}
