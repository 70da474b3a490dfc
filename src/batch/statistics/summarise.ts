/** What a batch says so far: for each lane and point of the grid the figures with their intervals, and how checks went. */
import type { BatchRun, CellResult } from '../../core/batch';
import type { Measurement } from '../../core/conversation';
import type { ParamName } from '../../core/params';
import { groupBy } from '../../platform/group-by';
import type { BatchPlan } from '../plan/batch-plan';
import { type Estimate, meanEstimate, shareEstimate } from './estimate';
import { type Spread, spreadOf } from './spread';

export const metrics = ['firstTokenMs', 'tokensPerSecond', 'totalMs', 'completionTokens'] as const;
export type Metric = (typeof metrics)[number];

export interface MetricSummary extends Estimate {
  readonly spread: Spread;
  readonly values: readonly number[];
}

export interface CheckSummary {
  /** Of the answers about which the check could tell; undefined before the first. */
  readonly passed: Estimate | undefined;
  /** Answers of which nothing is known, since the check itself failed. */
  readonly errors: number;
}

export interface GroupSummary {
  readonly lane: number;
  readonly point: number;
  /** As planned. */
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Answers that the longest length cut. */
  readonly cut: number;
  /** First answers after a load: they are in no speed. */
  readonly cold: number;
  /** Answers whose tokens nobody counted: theirs are estimated from the length. */
  readonly estimated: number;
  /** Answers while the tab was hidden for a time. */
  readonly hidden: number;
  readonly metrics: Readonly<Partial<Record<Metric, MetricSummary>>>;
  /** One for each check of the run. */
  readonly checks: readonly CheckSummary[];
  /** Settings that were set and that this backend does not take. */
  readonly ignored: readonly ParamName[];
}

export function summarise(
  run: BatchRun,
  plan: BatchPlan,
  results: Iterable<CellResult>,
): readonly GroupSummary[] {
  const placed = [...results].map((result) => ({ result, ...plan.cellAt(result.cell) }));
  const byGroup = groupBy(placed, ({ lane, point }) => lane * plan.points.length + point);
  return run.lanes.flatMap((_, lane) =>
    plan.points.map((_point, point) => {
      const group = byGroup.get(lane * plan.points.length + point) ?? [];
      const total = run.data.items.length * run.repeats;
      return {
        lane,
        point,
        total,
        ...groupSummary(
          run,
          group.map(({ result }) => result),
        ),
      };
    }),
  );
}

function groupSummary(
  { checks }: BatchRun,
  results: readonly CellResult[],
): Omit<GroupSummary, 'lane' | 'point' | 'total'> {
  const done = results.filter(({ state }) => state === 'done');
  const measured = done.flatMap(({ measurement }) => measurement ?? []);
  const ignored = results.flatMap(({ effects }) =>
    effects.filter(({ outcome }) => outcome === 'ignored').map(({ param }) => param),
  );
  return {
    done: done.length,
    failed: results.length - done.length,
    cut: done.filter(({ endReason }) => endReason === 'length').length,
    cold: measured.filter(({ isCold }) => isCold).length,
    estimated: measured.filter(({ isEstimated }) => isEstimated).length,
    hidden: done.filter(({ circumstances }) => circumstances?.wasHidden).length,
    metrics: Object.fromEntries(
      metrics.flatMap((metric) => {
        const summary = metricSummary(valuesOf(metric, measured));
        return summary ? [[metric, summary]] : [];
      }),
    ),
    checks: checks.map((_, index) => checkSummary(done, index)),
    ignored: [...new Set(ignored)],
  };
}

function valuesOf(metric: Metric, measured: readonly Measurement[]): number[] {
  const isSpeed = metric !== 'completionTokens';
  return measured.flatMap((one) => (isSpeed && one.isCold ? [] : (one[metric] ?? [])));
}

function metricSummary(values: readonly number[]): MetricSummary | undefined {
  const estimate = meanEstimate(values);
  const spread = spreadOf(values);
  return estimate && spread && { ...estimate, spread, values };
}

function checkSummary(done: readonly CellResult[], index: number): CheckSummary {
  const outcomes = done.flatMap(({ checks }) => checks?.[index]?.outcome ?? []);
  const passed = outcomes.filter((outcome) => outcome === 'passed').length;
  const errors = outcomes.filter((outcome) => outcome === 'error').length;
  return { passed: shareEstimate(passed, outcomes.length - errors), errors };
}
