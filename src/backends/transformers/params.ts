/**
 * What the engine makes of each setting. Transformers.js itself knows temperature, top_k and the repetition
 * penalty and ignores the rest without a word, so all sampling is ours: see `sampling/`.
 */
import type { ParamTable } from '../../core/params';

export const transformersParams: ParamTable = {
  temperature: { wire: 'temperature', min: 0, max: 2 },
  topP: { wire: 'topP', min: 0, max: 1 },
  // 0 is "no limit", as in llama.cpp.
  topK: { wire: 'topK', min: 0 },
  minP: { wire: 'minP', min: 0, max: 1 },
  typicalP: { wire: 'typicalP', min: 0, max: 1 },
  repeatPenalty: { wire: 'repeatPenalty', min: 0 },
  frequencyPenalty: { wire: 'frequencyPenalty', min: -2, max: 2 },
  presencePenalty: { wire: 'presencePenalty', min: -2, max: 2 },
  seed: { wire: 'seed', min: 0, max: 0xffff_ffff },
  stop: { wire: 'stop' },
  maxTokens: { wire: 'maxTokens', min: 1 },
  // The cache grows as it is needed, so this is only the length at which an answer is cut.
  contextLength: { wire: 'context', min: 16 },
  format: 'emulated',
  grammar: 'unsupported',
  topLogprobs: { wire: 'topLogprobs', min: 1, max: 20 },
  // Takes effect only where the model's chat template asks for it: `prompt.ts` warns where it does not.
  thinking: { wire: 'thinking' },
  keepAlive: 'unsupported',
  extra: 'unsupported',
};

/** Thinking is a matter of the chat template. */
export const transformersPlainParams: ParamTable = { ...transformersParams, thinking: 'unsupported' };
