/** What settings the backends of lanes take: their code is fetched for this where it was not yet. */
import type { Backend } from '../../core/backend';
import type { BackendStore } from '../backend-store.svelte';

export type ParamTables = ReadonlyMap<string, Pick<Backend, 'params' | 'plainParams'>>;

/** By backend id; one that is not set up any more is left out, and its lane says so itself. */
export async function paramTables(
  backendIds: readonly string[],
  backends: Pick<BackendStore, 'backend'>,
): Promise<ParamTables> {
  const found = [...new Set(backendIds)].map(async (id): Promise<(readonly [string, Backend])[]> => {
    try {
      return [[id, await backends.backend(id)]];
    } catch {
      return [];
    }
  });
  return new Map((await Promise.all(found)).flat());
}
