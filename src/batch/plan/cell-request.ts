/** What is sent for one cell: the filled prompts, and the settings in force. */
import type { ChatMessage } from '../../core/chat-message';
import type { BatchItem, BatchRun } from '../../core/batch';
import type { LaneSettings, LaneSetup } from '../../core/comparison';
import type { Params } from '../../core/params';
import { fillTemplate } from '../template';
import type { BatchPlan, PlannedCell } from './batch-plan';

export interface CellRequest {
  readonly lane: LaneSetup;
  readonly item: BatchItem;
  readonly messages: readonly ChatMessage[];
  readonly params: Params;
}

/** @throws BackendError `bad-request` where a variable has no column; RangeError for a cell that is not in the plan */
export function cellRequest(run: BatchRun, { points }: BatchPlan, planned: PlannedCell): CellRequest {
  const lane = run.lanes[planned.lane];
  const item = run.data.items[planned.item];
  if (!lane || !item) throw new RangeError(`The plan has no cell ${planned.cell}.`);
  const { systemPrompt } = settingsOf(run, lane);
  const system = fillTemplate(systemPrompt, item);
  const messages: ChatMessage[] = [{ role: 'user', text: fillTemplate(run.prompt, item) }];
  if (system.trim() !== '') messages.unshift({ role: 'system', text: system });
  return { lane, item, messages, params: paramsOf(run, lane, points[planned.point], planned.repeat) };
}

export function settingsOf({ common }: Pick<BatchRun, 'common'>, lane: LaneSetup): LaneSettings {
  return lane.own ?? common;
}

/** The grid has the last word. Repeats with one and the same seed would be copies of each other. */
function paramsOf(run: BatchRun, lane: LaneSetup, point: Params | undefined, repeat: number): Params {
  const params = { ...settingsOf(run, lane).params, ...point };
  return params.seed === undefined ? params : { ...params, seed: params.seed + repeat };
}
