/** A run file that a person chose, as a run. */
import { decodeText } from '../../batch/data-set/decode-text';
import { type ReadRun, readWholeRun } from '../../batch/run-file/read-run-file';

export async function openRunFile(file: File): Promise<ReadRun> {
  const decoded = decodeText(new Uint8Array(await file.arrayBuffer()));
  if ('problems' in decoded) return { problems: decoded.problems.map(({ message }) => message) };
  return readWholeRun(decoded.text);
}
