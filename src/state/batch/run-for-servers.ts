/** A run with the addresses of its servers, as the command-line runner needs them. Keys are never in it. */
import type { BatchRun, BatchUpstream } from '../../core/batch';
import { isLocal } from '../../core/connection';
import type { BackendEntry } from '../backend-entry';

export function runForServers(run: BatchRun, entries: readonly BackendEntry[]): BatchRun {
  const used = new Set(run.lanes.map(({ backendId }) => backendId));
  const upstreams = entries.flatMap(({ connection, url }): BatchUpstream[] => {
    if (!used.has(connection.id) || isLocal(connection) || url === undefined) return [];
    const { id, kind, label } = connection;
    return [{ id, kind, label, baseUrl: url }];
  });
  return { ...run, upstreams };
}
