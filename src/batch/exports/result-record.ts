/** One answer with everything that made it: enough to ask the same again elsewhere. */
import type { BatchItem, BatchRun, CellResult } from '../../core/batch';
import type { ChatMessage } from '../../core/chat-message';
import type { Params } from '../../core/params';
import { fillTemplate } from '../template';
import type { BatchPlan } from '../plan/batch-plan';
import { cellRequest } from '../plan/cell-request';

export interface ResultRecord extends CellResult {
  readonly batch: string;
  /** All from 0 on. */
  readonly itemIndex: number;
  readonly laneIndex: number;
  readonly pointIndex: number;
  readonly repeat: number;
  readonly item: BatchItem;
  readonly backendId: string;
  readonly modelId: string;
  /** As they were asked for; what became of each is in `effects`. */
  readonly params: Params;
  readonly messages: readonly ChatMessage[];
  readonly expected?: string;
}

export function resultRecord(run: BatchRun, plan: BatchPlan, result: CellResult): ResultRecord {
  const planned = plan.cellAt(result.cell);
  const { lane, item, messages, params } = cellRequest(run, plan, planned);
  const expected = fillTemplate(run.expected, item);
  return {
    batch: run.title,
    itemIndex: planned.item,
    laneIndex: planned.lane,
    pointIndex: planned.point,
    repeat: planned.repeat,
    item,
    backendId: lane.backendId,
    modelId: lane.modelId,
    params,
    messages,
    ...(expected !== '' && { expected }),
    ...result,
  };
}

/** JSON Lines, in the order of the plan. */
export function resultsAsJsonLines(run: BatchRun, plan: BatchPlan, results: readonly CellResult[]): string {
  return inOrder(results)
    .map((result) => `${JSON.stringify(resultRecord(run, plan, result))}\n`)
    .join('');
}

export function inOrder(results: readonly CellResult[]): CellResult[] {
  return [...results].sort((a, b) => a.cell - b.cell);
}
