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
import type { CellResult, WholeBatch } from '../../core/batch';
import { notImported } from '../../core/not-imported';
import { checkedBy } from '../../platform/checked-by';
import { parsedJson } from '../../platform/parsed-json';
import { planBatch } from '../plan/batch-plan';
import { readWholeRun } from '../run-file/read-run-file';
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
  const {
    createdAt,
    updatedAt,
    run: runFile,
    results,
  } = checkedBy(file, parsedJson(content, refused), refused);
  const read = readWholeRun(runFile);
  if ('problems' in read) throw refused(read.problems.join(' '));
  const { run } = read;
  const { size } = planBatch(run);
  if (results.some(({ cell }) => cell >= size)) throw refused('an answer in it belongs to no question.');
  return { batch: { id: newId(), createdAt, updatedAt, run }, results };
}

function refused(why: string): BackendError {
  return notImported(`a batch in it is damaged: ${why}`);
}
