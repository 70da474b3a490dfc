/** The servers behind the lanes of a run: where each is, how many answers it gives at once, and how it is asked. */
import type { CellBackend } from '../src/batch/running/answer-cell';
import { type LanePlace, lanePlace } from '../src/batch/running/lane-place';
import { loadOnce } from '../src/batch/running/load-once';
import { serverBackend } from '../src/backends/server-backend';
import { occupancyOf } from '../src/compare/scheduling/occupancy';
import type { Backend, ModelInfo } from '../src/core/backend';
import type { BatchRun } from '../src/core/batch';
import type { ServerConnection } from '../src/core/connection';
import { groupBy } from '../src/platform/group-by';
import type { UpstreamSettings } from '../relay/settings/settings';
import { Problem } from './problem';

export interface ServerLane {
  readonly place: LanePlace;
  readonly backend: CellBackend;
}

/** By lane. @throws Problem where a lane names a server that nobody told of */
export async function serverLanes(
  run: BatchRun,
  upstreams: readonly UpstreamSettings[],
  stop: AbortSignal,
): Promise<ServerLane[]> {
  const known = new Map(upstreams.map((upstream) => [upstream.id, upstream]));
  const byServer = [...groupBy(run.lanes, ({ backendId }) => backendId).keys()].map((id) => {
    const upstream = known.get(id);
    if (!upstream) throw unknownServer(id, [...known.keys()]);
    return upstream;
  });
  const servers = new Map(
    await Promise.all(byServer.map(async (one) => [one.id, await openServer(one, stop)] as const)),
  );
  const lanes = run.lanes.map(async ({ backendId, modelId }): Promise<ServerLane> => {
    const server = servers.get(backendId);
    if (!server) throw unknownServer(backendId, [...known.keys()]);
    const { connection, backend, version } = server;
    const { kind, label } = connection;
    const occupancy = occupancyOf({ connection, modelId, runsOn: undefined, url: undefined, origin: '' });
    return {
      place: lanePlace({
        occupancy,
        serverKind: kind,
        modelKey: modelId,
        wanted: run.concurrency[backendId],
      }),
      backend: {
        source: {
          label: `${label} · ${modelId}`,
          kind,
          version,
          ...(await weightsOf(server, modelId, stop)),
        },
        load: loadOnce((request, onProgress, signal) => backend.load(request, onProgress, signal)),
        backend: () => Promise.resolve(backend),
      },
    };
  });
  return Promise.all(lanes);
}

interface Server {
  readonly connection: ServerConnection;
  readonly backend: Backend;
  readonly version: string | undefined;
}

async function openServer(
  { id, kind, label, baseUrl, authorization }: UpstreamSettings,
  stop: AbortSignal,
): Promise<Server> {
  const connection: ServerConnection = { id, kind, label, baseUrl, via: 'direct' };
  const backend = await serverBackend(connection, { fetch: authorized(authorization) });
  // One that does not answer now may do so later: each of its cells tells what it met.
  const availability = await backend.probe(stop);
  return { connection, backend, version: 'version' in availability ? availability.version : undefined };
}

/** What names the weights, as far as the server tells; one that is away tells nothing, and its cells say so. */
async function weightsOf(
  { backend }: Server,
  modelId: string,
  stop: AbortSignal,
): Promise<Pick<ModelInfo, 'digest' | 'source' | 'quantization' | 'templateDigest'>> {
  const info = await backend.inspect?.(modelId, stop).catch(() => undefined);
  const { digest, source, quantization, templateDigest } = info ?? {};
  return { digest, source, quantization, templateDigest };
}

/** Keys and names of an address never leave through anything but this header. */
function authorized(authorization: string | undefined): typeof fetch {
  return (input, init) => {
    if (authorization === undefined) return fetch(input, init);
    const headers = new Headers(init?.headers);
    headers.set('authorization', authorization);
    return fetch(input, { ...init, headers });
  };
}

function unknownServer(id: string, known: readonly string[]): Problem {
  return new Problem(
    `A lane names the backend "${id}", and no server of this id is known. Known are: ${known.join(', ') || 'none'}. Add it to "upstreams" of the run file. Engines of the page run in the page only.`,
  );
}
