/** The answers as a table for spreadsheets: a row each, the data set's own columns as `item.NAME`. */
import Papa from 'papaparse';
import type { BatchRun, CellResult } from '../../core/batch';
import type { ParamName } from '../../core/params';
import { checkName } from '../check-answer';
import type { BatchPlan } from '../plan/batch-plan';
import { laneLabel } from './lane-label';
import { inOrder, resultRecord } from './result-record';

export function resultsAsCsv(run: BatchRun, plan: BatchPlan, results: readonly CellResult[]): string {
  const rows = inOrder(results).map((result) => row(run, plan, result));
  // A model may write what a spreadsheet takes for a formula; the JSON Lines have every answer as it came.
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: '\n' })}\n`;
}

function row(run: BatchRun, plan: BatchPlan, result: CellResult): Record<string, unknown> {
  const record = resultRecord(run, plan, result);
  const { measurement, usage, error, checks = [], params, source } = record;
  const tried = Object.keys(run.grid) as ParamName[];
  const setup = run.lanes[record.laneIndex];
  return {
    item: record.itemIndex + 1,
    lane: setup ? laneLabel(setup, record.laneIndex) : '',
    repeat: record.repeat + 1,
    ...Object.fromEntries(tried.map((name) => [name, written(params[name])])),
    seed: params.seed,
    state: record.state,
    answer: record.text,
    ended: record.endReason,
    error: error && `${error.code}: ${error.message}`,
    ...Object.fromEntries(
      run.checks.map((check, index) => [`check ${index + 1}: ${checkName(check)}`, checks[index]?.outcome]),
    ),
    'first token ms': measurement?.firstTokenMs,
    'tokens per second': measurement?.tokensPerSecond,
    'total ms': measurement?.totalMs,
    'load ms': measurement?.loadMs,
    'is cold': measurement?.isCold ?? false,
    'was streamed': measurement && !measurement.arrivedWhole,
    'prompt tokens': usage?.promptTokens,
    'answer tokens': measurement?.completionTokens,
    'tokens are estimated': measurement?.isEstimated,
    'backend version': source.version,
    'started at': new Date(record.startedAt).toISOString(),
    ...Object.fromEntries(run.data.columns.map((name) => [`item.${name}`, record.item[name]])),
  };
}

function written(value: unknown): unknown {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
