/** The text of a data set, by its format: as named, or as its first line and the name of its file suggest. */
import type { ReadData } from './data-problem';
import { readCsv } from './read-csv';
import { readJsonLines } from './read-json-lines';
import { readList } from './read-list';

export const dataFormats = ['csv', 'jsonl', 'list'] as const;
export type DataFormat = (typeof dataFormats)[number];

const readers: Readonly<Record<DataFormat, (text: string) => ReadData>> = {
  csv: readCsv,
  jsonl: readJsonLines,
  list: readList,
};

export function readDataSet(text: string, format: DataFormat): ReadData {
  // Editors on Windows may write a byte order mark.
  return readers[format](text.replace(/^\uFEFF/, ''));
}

/** @param fileName absent for what was pasted */
export function guessFormat(text: string, fileName = ''): DataFormat {
  const ending = /\.(\w+)$/.exec(fileName.toLowerCase())?.[1] ?? '';
  if (ending === 'csv' || ending === 'tsv') return 'csv';
  if (ending === 'jsonl' || ending === 'ndjson') return 'jsonl';
  const [first = '', second] = text.trim().split('\n');
  if (first.startsWith('{')) return 'jsonl';
  if (ending === 'txt') return 'list';
  // A header names columns in few words, with the same separators as the row below it.
  const separators = (line = ''): number => line.match(/[,;\t]/g)?.length ?? 0;
  const isHeader = separators(first) > 0 && !/[.?!]/.test(first) && second !== undefined;
  return isHeader && separators(second) >= separators(first) ? 'csv' : 'list';
}
