/** What wllama 3.8 makes of each setting. Every row was tried: wllama takes unknown names in silence. */
import type { ParamTable } from '../../core/params';

/** Tokens. llama.cpp rounds a context window up to a multiple of this. */
const contextStep = 256;

export const wllamaParams: ParamTable = {
  temperature: { wire: 'temperature', min: 0, max: 2 },
  topP: { wire: 'top_p', min: 0, max: 1 },
  // 0 is "no limit", as in llama.cpp.
  topK: { wire: 'top_k', min: 0 },
  minP: { wire: 'min_p', min: 0, max: 1 },
  typicalP: { wire: 'typical_p', min: 0, max: 1 },
  repeatPenalty: { wire: 'repeat_penalty', min: 0 },
  frequencyPenalty: { wire: 'frequency_penalty', min: -2, max: 2 },
  presencePenalty: { wire: 'presence_penalty', min: -2, max: 2 },
  // An unsigned 32-bit number; its last value means "random".
  seed: { wire: 'seed', min: 0, max: 0xffff_fffe },
  stop: { wire: 'stop' },
  maxTokens: { wire: 'max_tokens', min: 1 },
  // Fixed when the model is loaded; `load-options.ts` takes it out of the settings.
  contextLength: {
    wire: 'n_ctx',
    min: contextStep,
    convert: (tokens) => Math.ceil(tokens / contextStep) * contextStep,
    reloads: true,
  },
  // Unlike `response_format`, this name works with and without a chat template.
  format: { wire: 'json_schema', convert: (format) => (format === 'json' ? { type: 'object' } : format) },
  grammar: { wire: 'grammar' },
  topLogprobs: { wire: 'top_logprobs', min: 1, max: 20 },
  // Takes effect only where the model's chat template asks for it: `completion-body.ts` warns where it does not.
  thinking: {
    wire: 'chat_template_kwargs',
    convert: (thinking) => ({ enable_thinking: thinking !== false }),
  },
  keepAlive: 'unsupported',
  extra: { wire: '' },
};

export const wllamaPlainParams: ParamTable = {
  ...wllamaParams,
  // Not a yes or no here, but the number itself.
  topLogprobs: { wire: 'logprobs', min: 1, max: 20 },
  // A matter of the chat template.
  thinking: 'unsupported',
};
