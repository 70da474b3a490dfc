/** A run file that a person chose, as a run; its data set has to stand in it, since a page reads no other file. */
import { decodeText } from '../../batch/data-set/decode-text';
import { ownItems, readRunFile, type ReadRun, runOf } from '../../batch/run-file/read-run-file';

export async function openRunFile(file: File): Promise<ReadRun> {
  const decoded = decodeText(new Uint8Array(await file.arrayBuffer()));
  if ('problems' in decoded) return { problems: decoded.problems.map(({ message }) => message) };
  const read = readRunFile(decoded.text);
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
