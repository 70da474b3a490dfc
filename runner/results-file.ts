/** The file of the answers, a JSON object on each line: what is in it is kept, and a run goes on from there. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { type ResultRecord, resultRecord } from '../src/batch/exports/result-record';
import type { BatchPlan } from '../src/batch/plan/batch-plan';
import type { BatchRun, CellResult } from '../src/core/batch';
import { Problem } from './problem';

type Line = ResultRecord & { readonly runId: string };

export interface ResultsFile {
  /** Of earlier runs, the last one of each cell. */
  readonly earlier: readonly CellResult[];
  /** On the disk when it returns, whatever happens to this process afterwards. @throws Error of the disk */
  add(result: CellResult): void;
}

/** @throws Problem where the file holds something else, or something at all and `resumes` is not set */
export function openResults(path: string, run: BatchRun, plan: BatchPlan, resumes: boolean): ResultsFile {
  const runId = identityOf(run);
  if (existsSync(path) && !resumes) {
    throw new Problem(
      `${path} is there already. Go on from it with --resume, or name another file with --out.`,
    );
  }
  const earlier = existsSync(path) ? readEarlier(path, runId) : [];
  writeFileSync(path, '', { flag: 'a' });
  return {
    earlier,
    add(result) {
      const line = { runId, ...resultRecord(run, plan, result) } satisfies Line;
      appendFileSync(path, `${JSON.stringify(line)}\n`);
    },
  };
}

/** Answers of another prompt, data set or grid would be taken for those of this one. */
function identityOf({ data, prompt, lanes, common, repeats, grid, checks, expected }: BatchRun): string {
  const parts = JSON.stringify({ data, prompt, lanes, common, repeats, grid, checks, expected });
  return createHash('sha256').update(parts).digest('hex').slice(0, 16);
}

function readEarlier(path: string, runId: string): CellResult[] {
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const latest = new Map<number, CellResult>();
  for (const [index, line] of whole.split('\n').entries()) {
    if (line === '') continue;
    const record = readLine(line, `${path}:${index + 1}`);
    if (record.runId !== runId) {
      throw new Problem(
        `${path}:${index + 1}: this answer belongs to another run: the prompt, the data, the lanes, the grid or the checks were others. Name another file with --out.`,
      );
    }
    latest.set(record.cell, resultOf(record));
  }
  // A process that was killed may have written half a line: that cell is asked again.
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  return [...latest.values()];
}

/** Without what the plan tells again: thousands of prompts need not stay in memory. */
function resultOf(record: Line): CellResult {
  const { cell, state, startedAt, attempts, source, text, reasoning, loaded, endReason, usage } = record;
  const { timings, measurement, circumstances, effects, corrections, error, checks } = record;
  const begun = { cell, state, startedAt, attempts, source, text, reasoning, loaded, endReason, usage };
  return { ...begun, timings, measurement, circumstances, effects, corrections, error, checks };
}

function readLine(line: string, place: string): Line {
  try {
    // Written by `add`; the run's own mark is checked by the caller.
    return JSON.parse(line) as Line;
  } catch {
    throw new Problem(`${place}: this is not JSON, so the file holds no answers of a batch.`);
  }
}
