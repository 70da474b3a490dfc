/** A list: each line that is not blank is an item with the one column `text`. */
import { type ReadData, readResult } from './data-problem';

const listColumn = 'text';

export function readList(text: string): ReadData {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const items = lines.map((line) => ({ [listColumn]: line }));
  return readResult({ columns: [listColumn], items }, []);
}
