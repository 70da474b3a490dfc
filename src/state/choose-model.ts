/** Which model a page opens with, when the person has not chosen one yet or the chosen one is gone. */
import type { RelayConfig } from '../../relay/contract';
import { answers } from '../core/answers';
import { isLocalEngine } from '../core/local-model';
import type { BackendEntry } from './backend-entry';
import type { Selection } from './setting-values';

/**
 * The person's choice if its backend still exists, else the relay's default, else the first model that
 * answers. A chosen backend that is down keeps the choice: it may come back, and its error is shown.
 */
export function chooseModel(
  entries: readonly BackendEntry[],
  chosen: Selection | null,
  config: Pick<RelayConfig, 'backendType' | 'defaultModel'> | undefined,
): Selection | null {
  if (chosen && entries.some(({ connection }) => connection.id === chosen.backendId)) return chosen;
  const preferred = entries.filter(({ connection }) => isPreferred(connection.kind, config?.backendType));
  const named = config?.defaultModel;
  const inOrder = [...preferred, ...entries].filter(({ models }) => models.some(answers));
  // Where nothing is ready any more, the one that went away keeps its place, so that its error is shown.
  const entry = inOrder.find(({ state }) => state === 'ready') ?? inOrder[0];
  const models = entry?.models.filter(answers);
  const model = models?.find(({ id }) => id === named) ?? models?.[0];
  return entry && model ? { backendId: entry.connection.id, modelId: model.id } : null;
}

function isPreferred(kind: BackendEntry['connection']['kind'], backendType = 'local'): boolean {
  return backendType === 'local' ? isLocalEngine(kind) : kind === backendType;
}
