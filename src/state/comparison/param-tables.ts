/** What settings the backends of lanes take: their code is fetched for this where it was not yet. */
import type { ParamTable } from '../../core/params';
import type { BackendStore } from '../backend-store.svelte';

/** By backend id; one that is not set up any more is left out, and its lane says so itself. */
export async function paramTables(
  backendIds: readonly string[],
  backends: Pick<BackendStore, 'backend'>,
): Promise<ReadonlyMap<string, ParamTable>> {
  const found = [...new Set(backendIds)].map(async (id): Promise<(readonly [string, ParamTable])[]> => {
    try {
      return [[id, (await backends.backend(id)).params]];
    } catch {
      return [];
    }
  });
  return new Map((await Promise.all(found)).flat());
}
