/** A report for people: what was asked of whom, what came of it, and how it was reckoned. */
import type { BatchRun, CellResult } from '../../core/batch';
import { groupBy } from '../../platform/group-by';
import { checkName } from '../check-answer';
import type { BatchPlan } from '../plan/batch-plan';
import { settingsOf } from '../plan/cell-request';
import type { Estimate } from '../statistics/estimate';
import { type GroupSummary, type Metric, summarise } from '../statistics/summarise';
import { laneLabel, pointLabel } from './lane-label';

const columns: readonly { readonly metric: Metric; readonly title: string; readonly digits: number }[] = [
  { metric: 'firstTokenMs', title: 'first token, ms', digits: 0 },
  { metric: 'tokensPerSecond', title: 'tokens/s', digits: 1 },
  { metric: 'totalMs', title: 'total, ms', digits: 0 },
  { metric: 'completionTokens', title: 'tokens', digits: 1 },
];

export function markdownReport(run: BatchRun, plan: BatchPlan, results: readonly CellResult[]): string {
  const groups = summarise(run, plan, results);
  return [
    `# ${oneLine(run.title) || 'Batch'}`,
    `${results.length} of ${plan.size} answers: ${run.data.items.length} items × ${run.lanes.length} lanes × ${plan.points.length} points of the grid × ${run.repeats} repeats.`,
    '## Figures',
    figuresTable(run, plan, groups),
    notes(groups),
    ...(run.checks.length > 0 ? ['## Checks', checksTable(run, plan, groups)] : []),
    ...failures(results),
    '## What was asked',
    fenced(run.prompt),
    ...laneSettings(run),
    '## How it was reckoned',
    'Means over the answers that ended, each with its 95 % confidence interval by Student’s t; shares of checks with Wilson’s interval. Repeats of an item are alike, so that with repeats the intervals are on the narrow side. First token and total count from the request; a load before it, and the first answer after a load, are in no speed.',
  ]
    .join('\n\n')
    .concat('\n');
}

function figuresTable(run: BatchRun, plan: BatchPlan, groups: readonly GroupSummary[]): string {
  const header = ['lane', 'settings', 'done', 'failed', ...columns.map(({ title }) => title)];
  const rows = groups.map((group) => [
    ...nameCells(run, plan, group),
    `${group.done} of ${group.total}`,
    String(group.failed),
    ...columns.map(({ metric, digits }) => estimateText(group.metrics[metric], digits)),
  ]);
  return table(header, rows);
}

function checksTable(run: BatchRun, plan: BatchPlan, groups: readonly GroupSummary[]): string {
  const header = ['lane', 'settings', ...run.checks.map((check) => checkName(check))];
  const rows = groups.map((group) => [
    ...nameCells(run, plan, group),
    ...group.checks.map(
      ({ passed, errors }) => shareText(passed) + (errors > 0 ? `, ${errors} could not be checked` : ''),
    ),
  ]);
  return table(header, rows);
}

function nameCells(run: BatchRun, plan: BatchPlan, { lane, point }: GroupSummary): string[] {
  const setup = run.lanes[lane];
  return [setup ? laneLabel(setup, lane) : '', pointLabel(plan.points[point] ?? {}) || '—'];
}

/** `12.3 (11.9 to 12.7, n 20)` */
function estimateText(estimate: Estimate | undefined, digits: number): string {
  if (!estimate) return '—';
  const { n, mean, low, high } = estimate;
  const interval =
    low === undefined || high === undefined ? '' : `${low.toFixed(digits)} to ${high.toFixed(digits)}, `;
  return `${mean.toFixed(digits)} (${interval}n ${n})`;
}

function shareText(passed: Estimate | undefined): string {
  if (!passed) return '—';
  const percent = (share = 0): string => `${(100 * share).toFixed(0)} %`;
  return `${percent(passed.mean)} (${percent(passed.low)} to ${percent(passed.high)}, n ${passed.n})`;
}

function notes(groups: readonly GroupSummary[]): string {
  const sum = (field: 'cut' | 'cold' | 'estimated' | 'hidden'): number =>
    groups.reduce((total, group) => total + group[field], 0);
  const ignored = [...new Set(groups.flatMap((group) => group.ignored))];
  const lines = [
    sum('cut') > 0 && `${sum('cut')} answers were cut at the longest length.`,
    sum('cold') > 0 && `${sum('cold')} answers were the first after a load.`,
    sum('estimated') > 0 &&
      `The tokens of ${sum('estimated')} answers were not counted by their backend and are estimated from the length.`,
    sum('hidden') > 0 && `During ${sum('hidden')} answers the tab was hidden, which slows a page down.`,
    ignored.length > 0 && `Some lanes ignored: ${ignored.join(', ')}.`,
  ].filter((line) => line !== false);
  return lines.length === 0
    ? 'All answers ran to their own end.'
    : lines.map((line) => `- ${line}`).join('\n');
}

function failures(results: readonly CellResult[]): string[] {
  const errors = results.flatMap(({ error }) => error ?? []);
  if (errors.length === 0) return [];
  const groups = groupBy(errors, ({ code, message }) => `${code}: ${oneLine(message)}`);
  const rows = [...groups].map(([what, ones]) => [String(ones.length), what]);
  return ['## Failures', table(['answers', 'what happened'], rows)];
}

function laneSettings(run: BatchRun): string[] {
  const rows = run.lanes.map((lane, index) => {
    const { params, systemPrompt } = settingsOf(run, lane);
    return [laneLabel(lane, index), JSON.stringify(params), oneLine(systemPrompt) || '—'];
  });
  return [table(['lane', 'settings', 'system prompt'], rows)];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text of a model or a person is text here, and neither table nor HTML. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\|<>`*_[\]]/g, (sign) => `\\${sign}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
