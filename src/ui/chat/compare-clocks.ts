/** Our own stopwatch beside the engine's: where they disagree, a reader should know. */
import type { AnswerMessage } from '../../core/conversation';

type TimedAnswer = Pick<AnswerMessage, 'measurement' | 'timings'>;

export interface ClockPair {
  /** Milliseconds by the page's clock. */
  readonly ours: number;
  /** Milliseconds as the engine reports them. */
  readonly engine: number;
  /** They are more than 15 % apart. */
  readonly differs: boolean;
}

/** Share of the larger one. */
const tolerance = 0.15;
/** Milliseconds. Timers are coarse and messages take a moment: below this a difference means nothing. */
const resolution = 20;

/** From the first token to the last. Absent where the engine reports nothing, or ours ran on over a gap. */
export function decodeClocks({ measurement, timings }: TimedAnswer): ClockPair | undefined {
  if (measurement?.firstTokenMs === undefined || measurement.gapMs || timings?.decodeMs === undefined)
    return undefined;
  return pair(measurement.totalMs - measurement.firstTokenMs, timings.decodeMs);
}

/** The whole answer: the engine's share against what the person waited. */
export function totalClocks({ measurement, timings }: TimedAnswer): ClockPair | undefined {
  if (!measurement || measurement.gapMs || timings?.decodeMs === undefined || timings.prefillMs === undefined)
    return undefined;
  return pair(measurement.totalMs, timings.prefillMs + timings.decodeMs + (timings.loadMs ?? 0));
}

function pair(ours: number, engine: number): ClockPair {
  const distance = Math.abs(ours - engine);
  return { ours, engine, differs: distance > resolution && distance > tolerance * Math.max(ours, engine) };
}
