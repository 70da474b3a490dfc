/** What is wrong with the text of a data set. Nothing of it is taken then: half a data set would pass for a whole one. */
import type { DataSet } from '../../core/batch';

export interface DataProblem {
  /** From 1 on, as editors count. */
  readonly line: number;
  /** A sentence for people. */
  readonly message: string;
}

export type ReadData = { readonly data: DataSet } | { readonly problems: readonly DataProblem[] };

export function refused(line: number, message: string): ReadData {
  return { problems: [{ line, message }] };
}

/** The items, or what is wrong; no items are wrong as well. */
export function readResult({ columns, items }: DataSet, problems: readonly DataProblem[]): ReadData {
  if (problems.length > 0) return { problems };
  if (items.length === 0) return refused(1, 'There is no item in it.');
  return { data: { columns, items } };
}
