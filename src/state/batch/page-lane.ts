/** A lane of a batch in this page: it waits for its turn among all that uses the machine, loads its model and asks it. */
import { answerCell, type CellQuestion } from '../../batch/running/answer-cell';
import { lanePlace, type LanePlace } from '../../batch/running/lane-place';
import { loadOnce } from '../../batch/running/load-once';
import { type Occupancy, occupancyOf } from '../../compare/scheduling/occupancy';
import { BackendError } from '../../core/backend-error';
import type { BatchRun, CellResult } from '../../core/batch';
import type { LaneSetup } from '../../core/comparison';
import { isLocal } from '../../core/connection';
import { AnswerWitness } from '../answer-witness';
import { fullLabel } from '../backend-entry';
import { modelKey } from '../model-key';
import { provenanceOf } from '../provenance-of';
import type { BatchHost } from './batch-host';

export interface PageLane {
  readonly place: LanePlace;
  /** Undefined where it was stopped. Never throws. */
  answer(question: CellQuestion, signal: AbortSignal): Promise<CellResult | undefined>;
}

/** @throws BackendError where its backend is not set up (any more) */
export async function openPageLane(
  host: BatchHost,
  run: Pick<BatchRun, 'concurrency'>,
  lane: LaneSetup,
  number: number,
): Promise<PageLane> {
  const { backends, scheduler, origin } = host;
  const { backendId, modelId } = lane;
  const choice = { backendId, modelId };
  const entry = backends.entry(backendId);
  if (!entry) {
    throw new BackendError('bad-request', `Lane ${number}: the backend “${backendId}” is not set up here.`, {
      hint: 'Add the server in Settings, or make a new batch with other lanes.',
    });
  }
  const { connection, url } = entry;
  const runsOn = await backends.expectedPlace(choice);
  const occupancy: Occupancy = occupancyOf({ connection, modelId, runsOn, url, origin });
  const serverKind = isLocal(connection) ? undefined : connection.kind;
  const loadNow = loader(host, lane);
  const load = serverKind ? loadOnce(loadNow) : loadNow;
  return {
    place: lanePlace({
      occupancy,
      serverKind,
      modelKey: modelKey(choice),
      wanted: run.concurrency[backendId],
    }),
    async answer(question, signal) {
      const witness = new AnswerWitness(false, () => 0);
      try {
        const request = { ...occupancy, lane: `Batch, lane ${number}`, mode: 'by-resource' } as const;
        const turn = await scheduler.take(request, () => undefined, signal);
        try {
          const circumstances = () => {
            witness.shared(turn.sharedWith);
            return witness.finish().circumstances;
          };
          const source = { label: fullLabel(entry, choice), ...provenanceOf(choice, host) };
          const backend = {
            source,
            backend: () => backends.backend(backendId),
            load: async (...args: Parameters<typeof load>) => {
              const loaded = await load(...args);
              witness.requested();
              return loaded;
            },
          };
          return await answerCell({ ...question, circumstances }, backend, signal);
        } finally {
          turn.release();
        }
      } catch (thrown) {
        // Only the wait for a turn throws, and only when it was stopped.
        if (signal.aborted) return undefined;
        throw thrown;
      } finally {
        witness.finish();
      }
    },
  };
}

function loader({ backends }: BatchHost, { backendId, modelId }: LaneSetup): Parameters<typeof loadOnce>[0] {
  return ({ params }, onProgress, signal) =>
    backends.load({ backendId, modelId }, { params, onProgress }, signal);
}
