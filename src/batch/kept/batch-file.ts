/** A batch with its answers as the text of a file: its run is a run file, checked as any other. */
import * as v from 'valibot';
import {
  circumstances,
  effect,
  endReason,
  error,
  measurement,
  number,
  optionalNumber,
  optionalText,
  provenanceEntries,
  runsOn,
  text,
  timings,
  usage,
} from '../../compare/kept/answer-parts-schema';
import type { BackendError } from '../../core/backend-error';
import type { BatchRun, CellResult, WholeBatch } from '../../core/batch';
import { notImported } from '../../core/not-imported';
import { checkedBy } from '../../platform/checked-by';
import { planBatch } from '../plan/batch-plan';
import { ownItems, readRunFile, runOf } from '../run-file/read-run-file';
import { writeRunFile } from '../run-file/write-run-file';

const result: v.GenericSchema<unknown, CellResult> = v.object({
  cell: v.pipe(number, v.integer(), v.minValue(0)),
  state: v.picklist(['done', 'failed']),
  startedAt: number,
  attempts: number,
  source: v.object({ ...provenanceEntries, label: text }),
  text,
  reasoning: text,
  loaded: v.optional(v.object({ runsOn, contextLength: optionalNumber, notice: optionalText })),
  endReason: v.optional(endReason),
  usage: v.optional(usage),
  timings: v.optional(timings),
  measurement: v.optional(measurement),
  circumstances: v.optional(circumstances),
  effects: v.array(effect),
  corrections: v.optional(v.array(text)),
  error: v.optional(error),
  checks: v.optional(
    v.array(
      v.object({ outcome: v.picklist(['passed', 'failed', 'error']), note: text, score: optionalNumber }),
    ),
  ),
});

const file = v.object({
  createdAt: number,
  updatedAt: number,
  /** A run file. */
  run: text,
  results: v.array(result),
});

export function writeBatchFile({ batch: { createdAt, updatedAt, run }, results }: WholeBatch): string {
  return JSON.stringify({ createdAt, updatedAt, run: writeRunFile(run), results });
}

/**
 * @param newId makes an id that nothing has
 * @throws BackendError `bad-request` with what is wrong with the file
 */
export function readBatchFile(content: string, newId: () => string): WholeBatch {
  const { createdAt, updatedAt, run: runFile, results } = checkedBy(file, parsed(content), refused);
  const run = readRun(runFile);
  const { size } = planBatch(run);
  if (results.some(({ cell }) => cell >= size)) throw refused('an answer in it belongs to no question.');
  return { batch: { id: newId(), createdAt, updatedAt, run }, results };
}

function readRun(content: string): BatchRun {
  const read = readRunFile(content);
  if ('problems' in read) throw refused(read.problems.join(' '));
  const data = ownItems(read.file);
  if (!data || 'problems' in data) throw refused('its data set cannot be read.');
  const run = runOf(read.file, data.data);
  if ('problems' in run) throw refused(run.problems.join(' '));
  return run.run;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw refused('it is not JSON.');
  }
}

function refused(why: string): BackendError {
  return notImported(`a batch in it is damaged: ${why}`);
}
