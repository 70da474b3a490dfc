/** The rows of a plot: for each lane and point what is drawn, and how far it reaches. */
import type { Estimate } from '../../batch/statistics/estimate';
import type { Spread } from '../../batch/statistics/spread';
import type { GroupSummary, Metric } from '../../batch/statistics/summarise';

export interface PlotRow {
  readonly lane: number;
  readonly point: number;
  readonly estimate: Estimate | undefined;
  readonly spread: Spread | undefined;
  /** Of single answers; not all of them where there are many. */
  readonly values: readonly number[];
  readonly isThinned: boolean;
  /** The end of the bar with its interval, and of the single answers. */
  readonly barEnd: number;
  readonly spreadEnd: number;
}

/** More ticks than these are a solid bar. */
const mostTicks = 200;

/** @param what the metric, or the place of a check */
export function plotRows(groups: readonly GroupSummary[], what: Metric | number): PlotRow[] {
  return groups.map(({ lane, point, metrics, checks }) => {
    const summary = typeof what === 'number' ? undefined : metrics[what];
    const estimate = typeof what === 'number' ? checks[what]?.passed : summary;
    const all = summary?.values ?? [];
    const step = Math.ceil(all.length / mostTicks);
    return {
      lane,
      point,
      estimate,
      spread: summary?.spread,
      values: all.filter((_, index) => index % step === 0),
      isThinned: step > 1,
      barEnd: estimate?.high ?? estimate?.mean ?? 0,
      spreadEnd: summary?.spread.most ?? 0,
    };
  });
}

/** Thousandths of the width; a little room is left at the end. */
export function widthOf(value: number, most: number): number {
  return most <= 0 ? 0 : (Math.max(0, value) / most) * 980;
}
