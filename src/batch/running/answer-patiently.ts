/** Asks for one cell, and again where the server is over its limit and says so; everything else is a result at once. */
import type { CellResult } from '../../core/batch';
import type { Gate } from './gate';

/** @param attempt from 1 on */
export type Attempt = (cell: number, attempt: number, stop: AbortSignal) => Promise<CellResult | undefined>;

export interface Patience {
  readonly attempt: Attempt;
  readonly stop: AbortSignal;
  readonly pause: AbortSignal;
}

const mostAttempts = 5;
/** Milliseconds; doubled with each attempt where the server names no time. */
const firstWaitMs = 1000;
/** A server that wants more is not waited for: the cell fails with its words, and can be retried by hand. */
const longestWaitMs = 120_000;

/** Undefined where it was stopped, or paused while it waited. */
export async function answerPatiently(
  cell: number,
  gate: Gate,
  { attempt, stop, pause }: Patience,
): Promise<CellResult | undefined> {
  for (let number = 1; ; number++) {
    await gate.pass(stop, pause);
    if (stop.aborted || (pause.aborted && number > 1)) return undefined;
    const result = await attempt(cell, number, stop);
    const waitMs = result && waitAfter(result, number);
    if (waitMs === undefined || number === mostAttempts) return result;
    // All that goes to this server waits: its limit is not of this one cell.
    gate.closeFor(waitMs);
  }
}

function waitAfter({ error }: CellResult, attempt: number): number | undefined {
  if (error?.code !== 'rate-limited') return undefined;
  const waitMs = error.detail.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1);
  return waitMs <= longestWaitMs ? waitMs : undefined;
}
