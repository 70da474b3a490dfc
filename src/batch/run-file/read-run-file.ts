/** Reads a run file; what is wrong in it is said with the field, all at once. */
import * as v from 'valibot';
import type { BatchRun, DataSet } from '../../core/batch';
import type { ReadData } from '../data-set/data-problem';
import { readJsonLines } from '../data-set/read-json-lines';
import { runProblems } from '../plan/run-problems';
import { type RunFile, runFileSchema } from './run-file-schema';

export type ReadRunFile = { readonly file: RunFile } | { readonly problems: readonly string[] };

export function readRunFile(text: string): ReadRunFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    return { problems: [`This is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`] };
  }
  const result = v.safeParse(runFileSchema, value, { abortPipeEarly: true });
  return result.success ? { file: result.output } : { problems: result.issues.map(describe) };
}

/** The items that stand in the file itself; undefined where it names another file. */
export function ownItems({ data }: RunFile): ReadData | undefined {
  if (!('items' in data)) return undefined;
  return readJsonLines(data.items.map((item) => JSON.stringify(item)).join('\n'));
}

export type ReadRun = { readonly run: BatchRun } | { readonly problems: readonly string[] };

export function runOf({ $schema: _, data: _data, ...file }: RunFile, data: DataSet): ReadRun {
  // The schema builds the grid's type from names at run time.
  const run = { ...file, data, grid: file.grid as BatchRun['grid'] };
  const problems = runProblems(run);
  return problems.length > 0 ? { problems } : { run };
}

/** A run file as a run; its data set has to stand in it, since a page reads no other file. */
export function readWholeRun(text: string): ReadRun {
  const read = readRunFile(text);
  if ('problems' in read) return read;
  const data = ownItems(read.file);
  if (!data) {
    return {
      problems: [
        'Its data set is in another file. Write the items into it as {"items": […]}, or run it on the command line.',
      ],
    };
  }
  if ('data' in data) return runOf(read.file, data.data);
  return { problems: data.problems.map(({ line, message }) => `data.items[${line - 1}]: ${message}`) };
}

/** `lanes[0].modelId: must be a text.` */
function describe(issue: v.BaseIssue<unknown>): string {
  const place = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  if (issue.type !== 'strict_object') return `${place || 'The file'}: ${issue.message}.`;
  if (issue.expected === 'never') return `${place}: is not a known key.`;
  return issue.input === undefined ? `${place}: is missing.` : `${place || 'The file'}: must be an object.`;
}
