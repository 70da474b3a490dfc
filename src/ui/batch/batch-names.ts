/** What the lanes and the points of a batch are called on the screen. */
import { pointLabel } from '../../batch/exports/lane-label';
import type { BatchPlan } from '../../batch/plan/batch-plan';
import type { BatchRun } from '../../core/batch';
import { fullLabel } from '../../state/backend-entry';
import type { BackendStore } from '../../state/backend-store.svelte';
import { paramLabels } from '../shared/param-labels';

export interface BatchNames {
  /** `Lane 1: Ollama · smollm2` */
  lane(lane: number): string;
  /** `Temperature 0.7`; empty without a grid. */
  point(point: number): string;
  /** Both. */
  group(group: { readonly lane: number; readonly point: number }): string;
}

export function batchNames(run: BatchRun, plan: BatchPlan, backends: BackendStore): BatchNames {
  const lanes = run.lanes.map((setup, index) => {
    return `Lane ${index + 1}: ${fullLabel(backends.entry(setup.backendId), setup)}`;
  });
  const points = plan.points.map((point) => pointLabel(point, (param) => paramLabels[param]));
  const lane = (index: number): string => lanes[index] ?? '';
  const point = (index: number): string => points[index] ?? '';
  return {
    lane,
    point,
    group: (group) => [lane(group.lane), point(group.point)].filter((name) => name !== '').join(', '),
  };
}
