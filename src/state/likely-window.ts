/** The context window that the next answer will probably have, before its model is loaded. */
import type { StoredMessage } from '../core/conversation';
import { isLocalEngine, usualContextLength } from '../core/local-model';
import { answersBy } from './answers-by';
import type { BackendStore } from './backend-store.svelte';
import type { Selection } from './setting-values';

/**
 * In tokens, where nothing is set. What a list declares of a model that is not loaded is only what it could take.
 * @param branch earlier answers of the same model tell what was in force
 */
export function likelyWindow(
  choice: Selection,
  branch: readonly StoredMessage[],
  backends: Pick<BackendStore, 'entry' | 'facts'>,
): number | undefined {
  const last = answersBy(choice, branch).findLast(({ contextLength }) => contextLength !== undefined);
  if (last) return last.contextLength;
  const entry = backends.entry(choice.backendId);
  const kind = entry?.connection.kind;
  const model = entry?.models.find(({ id }) => id === choice.modelId);
  const { value, source } = backends.facts.contextLength(choice);
  if (source !== 'declared') return value;
  if (kind === 'ollama' && !model?.isLoaded) return undefined;
  return kind && isLocalEngine(kind) ? Math.min(usualContextLength, value ?? usualContextLength) : value;
}
