/** How fast a model of this page reads on a processor, where a long prompt is minutes of waiting. */
import type { RunsOn } from '../../core/backend';
import type { StoredMessage } from '../../core/conversation';
import { isLocalEngine } from '../../core/local-model';
import { answersBy } from '../answers-by';
import type { BackendEntry } from '../backend-entry';
import type { Selection } from '../setting-values';

interface KnownBackends {
  entry(backendId: string): BackendEntry | undefined;
  /** Where a model runs; absent for one that was not loaded. */
  placeOf(choice: Selection): RunsOn | undefined;
}

/** About what the starter model reads on one thread, before anything was measured. */
const usualInWllama = 10;

/**
 * Tokens per second. Absent for servers, for graphics cards, and where nothing is known.
 * @param branch earlier answers of the same model tell what was measured
 */
export function readingSpeed(
  choice: Selection,
  branch: readonly StoredMessage[],
  backends: KnownBackends,
): number | undefined {
  const kind = backends.entry(choice.backendId)?.connection.kind;
  if (!kind || !isLocalEngine(kind) || backends.placeOf(choice) !== 'this-cpu') return undefined;
  const speeds = answersBy(choice, branch).flatMap(({ runsOn, measurement }) =>
    runsOn === 'this-cpu' ? (measurement?.prefillTokensPerSecond ?? []) : [],
  );
  return speeds.at(-1) ?? (kind === 'wllama' ? usualInWllama : undefined);
}
