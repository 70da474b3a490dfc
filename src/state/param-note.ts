/** What the table of a backend cannot know of a setting: its models differ. */
import type { ParamName, Params } from '../core/params';
import { modelLabel } from './backend-entry';
import type { BackendStore } from './backend-store.svelte';
import type { Selection } from './setting-values';
import { thinkingNote } from './thinking-note';

/** Undefined for most. */
export function paramNote(
  name: ParamName,
  choice: Selection,
  params: Params,
  backends: Pick<BackendStore, 'entry' | 'facts'>,
): string | undefined {
  const entry = backends.entry(choice.backendId);
  if (name !== 'thinking' || !entry) return undefined;
  return thinkingNote(params.thinking, {
    name: modelLabel(entry, choice.modelId),
    thinks: backends.facts.capability(choice, 'thinking').value,
    control: backends.facts.thinkingControl(choice),
  });
}
