/** Works through the open cells: every resource by itself, as many at once as its limit allows. A cell that fails stops no other. */
import type { CellResult } from '../../core/batch';
import { type Gate, openGate } from './gate';
import { answerPatiently, type Attempt } from './answer-patiently';
import type { ResourceQueue } from './cell-queues';

export interface CellWork {
  /** Asks for one cell, once. Never throws; undefined where it was stopped. */
  readonly attempt: Attempt;
  /** Resolves once the result is kept. What it throws ends the run, since nothing would be kept any more. */
  readonly keep: (result: CellResult) => Promise<void> | void;
  /** Ends at once: nothing is kept of what runs. */
  readonly stop: AbortSignal;
  /** What runs comes to its end, and nothing new begins. */
  readonly pause: AbortSignal;
}

/**
 * Resolves when nothing runs any more: all is done, or it was paused or stopped.
 * @throws what `keep` threw, once nothing runs any more
 */
export async function runCells(queues: readonly ResourceQueue[], work: CellWork): Promise<void> {
  const broken = new AbortController();
  const stop = AbortSignal.any([work.stop, broken.signal]);
  let problem: { readonly thrown: unknown } | undefined;
  const keep = async (result: CellResult): Promise<void> => {
    try {
      await work.keep(result);
    } catch (thrown) {
      problem ??= { thrown };
      broken.abort();
    }
  };
  await Promise.all(queues.map((queue) => drain(queue, { ...work, stop, keep })));
  if (problem) throw problem.thrown;
}

async function drain({ groups, limit }: ResourceQueue, work: CellWork): Promise<void> {
  const gate = openGate();
  for (const cells of groups) {
    const next = cells.values();
    const hands = Math.min(limit, cells.length);
    await Promise.all(Array.from({ length: hands }, () => takeInTurn(next, gate, work)));
  }
}

async function takeInTurn(next: Iterator<number, undefined>, gate: Gate, work: CellWork): Promise<void> {
  while (!work.pause.aborted && !work.stop.aborted) {
    const step = next.next();
    if (step.done) return;
    const result = await answerPatiently(step.value, gate, work);
    if (result) await work.keep(result);
  }
}
