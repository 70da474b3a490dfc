/** What the browser's own model makes of each setting: a web page may choose how bold it is, and a form. */
import type { JsonObject } from '../../core/json';
import type { ParamTable } from '../../core/params';

/** Upper end of each step on our scale; the browser knows five steps and no numbers. */
const steps: readonly (readonly [number, LanguageModelSamplingMode])[] = [
  [0.2, 'most-predictable'],
  [0.6, 'predictable'],
  [1, 'balanced'],
  [1.5, 'creative'],
];

function samplingModeFor(temperature: number): LanguageModelSamplingMode {
  return steps.find(([end]) => temperature <= end)?.[1] ?? 'most-creative';
}

export const promptApiParams: ParamTable = {
  temperature: { wire: 'samplingMode', min: 0, max: 2, convert: samplingModeFor },
  topP: 'unsupported',
  topK: 'unsupported',
  minP: 'unsupported',
  typicalP: 'unsupported',
  repeatPenalty: 'unsupported',
  frequencyPenalty: 'unsupported',
  presencePenalty: 'unsupported',
  seed: 'unsupported',
  stop: 'emulated',
  maxTokens: 'unsupported',
  contextLength: 'unsupported',
  format: {
    wire: 'responseConstraint',
    convert: (format): JsonObject => (format === 'json' ? { type: 'object' } : format),
  },
  grammar: 'unsupported',
  topLogprobs: 'unsupported',
  thinking: 'unsupported',
  keepAlive: 'unsupported',
  extra: 'unsupported',
};
