/** What was measured on this device before: the best evidence there is, kept between visits. */
import type { Device } from '../../core/backend';
import type { LocalEngine } from '../../core/local-model';

export interface FitMeasurement {
  /** Bytes of the largest load that worked, weights, cache and scratch as computed. */
  readonly largestThatRan?: number;
  /** Bytes of the smallest load that ran out of memory. */
  readonly smallestThatFailed?: number;
}

/** By `ENGINE DEVICE`. */
export type FitHistory = Readonly<Record<string, FitMeasurement>>;

export function historyKey(engine: LocalEngine, device: Device): string {
  return `${engine} ${device}`;
}

export function withOutcome(
  history: FitHistory,
  key: string,
  bytes: number,
  outcome: 'ran' | 'out-of-memory',
): FitHistory {
  const before = history[key] ?? {};
  if (outcome === 'ran') {
    const largestThatRan = Math.max(bytes, before.largestThatRan ?? 0);
    // What ran after all was not a matter of its size: other tabs may have been open then.
    const isOutdated = before.smallestThatFailed !== undefined && before.smallestThatFailed <= bytes;
    const { smallestThatFailed: _outdated, ...rest } = before;
    return { ...history, [key]: { ...(isOutdated ? rest : before), largestThatRan } };
  }
  const smallestThatFailed = Math.min(bytes, before.smallestThatFailed ?? Infinity);
  return { ...history, [key]: { ...before, smallestThatFailed } };
}
