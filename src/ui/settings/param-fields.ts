/** How each setting is entered: its control, its step, and its range where the backend gives none. */
import type { ParamName } from '../../core/params';

export type ParamField =
  | { readonly control: 'number'; readonly min?: number; readonly max?: number; readonly step: number }
  | { readonly control: 'lines' | 'text' | 'thinking' | 'json' | 'grammar' | 'extra' };

export const paramFields: Readonly<Record<ParamName, ParamField>> = {
  temperature: { control: 'number', min: 0, max: 2, step: 0.1 },
  topP: { control: 'number', min: 0, max: 1, step: 0.05 },
  topK: { control: 'number', min: 0, step: 1 },
  minP: { control: 'number', min: 0, max: 1, step: 0.01 },
  typicalP: { control: 'number', min: 0, max: 1, step: 0.05 },
  repeatPenalty: { control: 'number', min: 0, max: 2, step: 0.05 },
  frequencyPenalty: { control: 'number', min: -2, max: 2, step: 0.1 },
  presencePenalty: { control: 'number', min: -2, max: 2, step: 0.1 },
  seed: { control: 'number', step: 1 },
  maxTokens: { control: 'number', min: 1, step: 1 },
  contextLength: { control: 'number', min: 1, step: 1 },
  topLogprobs: { control: 'number', min: 1, max: 20, step: 1 },
  stop: { control: 'lines' },
  thinking: { control: 'thinking' },
  format: { control: 'json' },
  grammar: { control: 'grammar' },
  keepAlive: { control: 'text' },
  extra: { control: 'extra' },
};

/** In the order in which they are shown. */
export const paramOrder = Object.keys(paramFields) as readonly ParamName[];
