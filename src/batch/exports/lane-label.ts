/** How a lane of a run and a point of its grid are called in files and tables. */
import type { LaneSetup } from '../../core/comparison';
import type { ParamName, Params } from '../../core/params';

/** The same model may stand in several lanes: the number tells them apart. */
export function laneLabel({ backendId, modelId }: LaneSetup, lane: number): string {
  return `${lane + 1}: ${backendId} · ${modelId}`;
}

/** `temperature 0.7, topP 0.9`; empty without a grid. */
export function pointLabel(point: Params, nameOf: (param: ParamName) => string = (param) => param): string {
  const entries = Object.entries(point) as [ParamName, unknown][];
  return entries
    .map(([param, value]) => `${nameOf(param)} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
