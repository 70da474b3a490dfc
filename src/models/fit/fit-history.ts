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

export type FitOutcome = 'ran' | 'out-of-memory';

export function historyKey(engine: LocalEngine, device: Device): string {
  return `${engine} ${device}`;
}

export function withOutcome(
  history: FitHistory,
  key: string,
  bytes: number,
  outcome: FitOutcome,
): FitHistory {
  const { largestThatRan, smallestThatFailed } = history[key] ?? {};
  if (outcome === 'out-of-memory') {
    const smallest = Math.min(bytes, smallestThatFailed ?? Infinity);
    return { ...history, [key]: measurement(largestThatRan, smallest) };
  }
  const largest = Math.max(bytes, largestThatRan ?? 0);
  // What ran after all was not a matter of its size: other tabs may have been open then.
  const isOutdated = smallestThatFailed !== undefined && smallestThatFailed <= bytes;
  return { ...history, [key]: measurement(largest, isOutdated ? undefined : smallestThatFailed) };
}

function measurement(
  largestThatRan: number | undefined,
  smallestThatFailed: number | undefined,
): FitMeasurement {
  return {
    ...(largestThatRan !== undefined && { largestThatRan }),
    ...(smallestThatFailed !== undefined && { smallestThatFailed }),
  };
}
