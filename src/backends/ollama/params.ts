/** Settings as Ollama's native API names them (PROTOCOLS A, “options”). */
import type { ParamTable } from '../../core/params';
import type { ParamVersions } from '../shared/param-versions';

const newest: ParamTable = {
  temperature: { wire: 'options.temperature', min: 0, max: 2 },
  topP: { wire: 'options.top_p', min: 0, max: 1 },
  topK: { wire: 'options.top_k', min: 0 },
  minP: { wire: 'options.min_p', min: 0, max: 1 },
  typicalP: { wire: 'options.typical_p', min: 0, max: 1 },
  repeatPenalty: { wire: 'options.repeat_penalty', min: 0 },
  frequencyPenalty: { wire: 'options.frequency_penalty', min: -2, max: 2 },
  presencePenalty: { wire: 'options.presence_penalty', min: -2, max: 2 },
  seed: { wire: 'options.seed' },
  stop: { wire: 'options.stop' },
  maxTokens: { wire: 'options.num_predict', min: 1 },
  contextLength: { wire: 'options.num_ctx', min: 1, reloads: true },
  format: { wire: 'format' },
  grammar: 'unsupported',
  topLogprobs: { wire: 'top_logprobs', min: 1, max: 20 },
  thinking: { wire: 'think' },
  // "60" without a unit is refused with 400; the number 60 means seconds.
  keepAlive: { wire: 'keep_alive', convert: (value) => (isWholeNumber(value) ? Number(value) : value) },
  extra: { wire: '' },
};

const withoutLogprobs: ParamTable = { ...newest, topLogprobs: 'unsupported' };
const withoutDegrees: ParamTable = {
  ...withoutLogprobs,
  thinking: { wire: 'think', convert: (thinking) => thinking !== false },
};
const withoutThinking: ParamTable = { ...withoutDegrees, thinking: 'unsupported' };

/** As its release notes tell: thinking came with 0.9, its degrees with gpt-oss in 0.11, token probabilities with 0.12.11. */
export const ollamaParams: ParamVersions = [
  { since: '0.12.11', params: newest },
  { since: '0.11.0', params: withoutLogprobs },
  { since: '0.9.0', params: withoutDegrees },
  // Schemas: before 0.5 it knew the word `json` alone.
  { since: '0.5.0', params: withoutThinking },
  {
    since: '0',
    params: {
      ...withoutThinking,
      format: { wire: 'format', convert: (format) => (format === 'json' ? format : undefined) },
    },
  },
];

/** `/api/generate` with a raw prompt: no template is asked to think, and a model that does not would refuse it. */
export const plainOllama: Partial<ParamTable> = { thinking: 'unsupported' };

function isWholeNumber(value: number | string): boolean {
  return typeof value === 'string' && /^-?\d+$/.test(value);
}
