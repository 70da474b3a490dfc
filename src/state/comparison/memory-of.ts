/** What a model takes up, as far as anybody tells. */
import type { Figure } from '../../compare/figures/figure';
import type { BackendStore } from '../backend-store.svelte';
import type { Selection } from '../setting-values';

/** Where nobody measured it, the weights alone stand for it, as an estimate. */
export function memoryOf(
  { backendId, modelId }: Selection,
  backends: Pick<BackendStore, 'entry'>,
): Figure | undefined {
  const model = backends.entry(backendId)?.models.find(({ id }) => id === modelId);
  if (model?.graphicsBytes) return { value: model.graphicsBytes };
  return model?.bytes === undefined ? undefined : { value: model.bytes, isEstimated: true };
}
