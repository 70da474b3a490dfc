/** What a chosen model keeps busy while it answers, for its turn among all that uses the machine. */
import { type Occupancy, occupancyOf } from '../compare/scheduling/occupancy';
import { BackendError } from '../core/backend-error';
import type { BackendStore } from './backend-store.svelte';
import type { Selection } from './setting-values';

/** @throws BackendError where its backend is not set up (any more) */
export async function occupancyOfChoice(
  { backends, origin }: { readonly backends: BackendStore; readonly origin: string },
  choice: Selection,
): Promise<Occupancy> {
  const entry = backends.entry(choice.backendId);
  if (!entry) throw new BackendError('bad-request', 'This backend is no longer set up.');
  const { connection, url } = entry;
  const runsOn = await backends.expectedPlace(choice);
  return occupancyOf({ connection, modelId: choice.modelId, runsOn, url, origin });
}
