/** Whether a model was said to have no chat template: its conversations are sent as one plain text. */
import { modelKey } from './model-key';
import type { Selection } from './setting-values';
import type { Settings } from './settings.svelte';

export function isPlainModel(settings: Pick<Settings, 'values'>, choice: Selection): boolean {
  return settings.values.plainModels.includes(modelKey(choice));
}
