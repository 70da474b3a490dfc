/** Settings as Ollama's native API names them (PROTOCOLS A, “options”). */
import type { ParamTable } from '../../core/params';

export const ollamaParams: ParamTable = {
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
};

function isWholeNumber(value: number | string): boolean {
  return typeof value === 'string' && /^-?\d+$/.test(value);
}
