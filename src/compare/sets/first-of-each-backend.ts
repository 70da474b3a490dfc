/** Of several models on one backend the first one stands for it. */
import { groupBy } from '../../platform/group-by';

export function firstOfEachBackend<Model extends { readonly backendId: string }>(
  models: readonly Model[],
): Model[] {
  return [...groupBy(models, ({ backendId }) => backendId).values()].flatMap((ones) => ones.slice(0, 1));
}
