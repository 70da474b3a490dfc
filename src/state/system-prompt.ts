/** The system prompt in force: a kept one by its name, or a text without one. */
import type { SystemPrompt } from '../core/conversation';
import { chosenPreset } from './named-presets';
import type { SettingValues } from './setting-values';

type Values = Pick<SettingValues, 'systemPrompt' | 'systemPrompts' | 'systemPromptId'>;

/** Absent where it is empty: then none is sent. */
export function systemPromptInForce(values: Values): SystemPrompt | undefined {
  const preset = chosenPreset({ presets: values.systemPrompts, chosenId: values.systemPromptId });
  const { name, text } = preset ?? { name: undefined, text: values.systemPrompt };
  if (text.trim() === '') return undefined;
  return { text, ...(name !== undefined && { name }) };
}
