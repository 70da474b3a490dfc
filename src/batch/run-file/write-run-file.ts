/** A run as a run file, for the command line or for another page. */
import type { BatchRun } from '../../core/batch';

/** With the data set in it, so that it is one file. */
export function writeRunFile({ data, ...run }: BatchRun): string {
  return `${JSON.stringify({ ...run, data: { items: data.items } }, null, 2)}\n`;
}
