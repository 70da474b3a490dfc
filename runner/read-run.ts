/** The run file and its data set from the disk. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { decodeText } from '../src/batch/data-set/decode-text';
import type { DataProblem } from '../src/batch/data-set/data-problem';
import { guessFormat, readDataSet } from '../src/batch/data-set/read-data-set';
import { ownItems, readRunFile, runOf } from '../src/batch/run-file/read-run-file';
import type { RunFile } from '../src/batch/run-file/run-file-schema';
import type { BatchRun, DataSet } from '../src/core/batch';
import { Problem } from './problem';

/** More than these, and nobody reads them. */
const mostShown = 20;

/** @throws Problem with a line for each thing that is wrong */
export async function readRun(path: string): Promise<BatchRun> {
  const read = readRunFile(await readText(path));
  if ('problems' in read) throw new Problem(listed(read.problems, path));
  const run = runOf(read.file, await readData(read.file, path));
  if ('problems' in run) throw new Problem(listed(run.problems, path));
  return run.run;
}

async function readData(file: RunFile, runPath: string): Promise<DataSet> {
  const own = ownItems(file);
  if (own) {
    if ('data' in own) return own.data;
    const problems = own.problems.map(({ line, message }) => `data.items[${line - 1}]: ${message}`);
    throw new Problem(listed(problems, runPath));
  }
  if (!('path' in file.data)) throw new Problem(`${runPath}: it names no data set.`);
  const path = resolve(dirname(runPath), file.data.path);
  const text = await readText(path);
  const read = readDataSet(text, file.data.format ?? guessFormat(text, path));
  if ('data' in read) return read.data;
  throw new Problem(withLines(read.problems, path));
}

async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (thrown) {
    throw new Problem(`${path} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  throw new Problem(withLines(decoded.problems, path));
}

function withLines(problems: readonly DataProblem[], path: string): string {
  return shortened(problems.map(({ line, message }) => `${path}:${line}: ${message}`));
}

function listed(problems: readonly string[], path: string): string {
  return shortened(problems.map((problem) => `${path}: ${problem}`));
}

function shortened(lines: readonly string[]): string {
  const more = lines.length - mostShown;
  return [...lines.slice(0, mostShown), ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n');
}
