/** Comma-separated values (RFC 4180), also with semicolons or tabs: the first line names the columns. */
import Papa from 'papaparse';
import type { BatchItem } from '../../core/batch';
import { type DataProblem, type ReadData, readResult, refused } from './data-problem';

interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

export function readCsv(text: string): ReadData {
  const { rows, problems } = rowsOf(text);
  const [header, ...others] = rows;
  if (problems.length > 0) return { problems };
  if (!header) return refused(1, 'There is nothing in it.');
  const columns = header.fields.map((name) => name.trim());
  const wrong = wrongNames(columns).map((message) => ({ line: header.line, message }));
  const ragged = others
    .filter(({ fields }) => fields.length !== columns.length)
    .map(({ line, fields }) => {
      const message = `${count(fields.length, 'field')}, where the first line names ${count(columns.length, 'column')}.`;
      return { line, message };
    });
  const items = others.map(({ fields }): BatchItem => {
    return Object.fromEntries(columns.map((name, index) => [name, fields[index] ?? '']));
  });
  return readResult({ columns, items }, [...wrong, ...ragged]);
}

function rowsOf(text: string): { rows: readonly Row[]; problems: readonly DataProblem[] } {
  const rows: Row[] = [];
  const problems: DataProblem[] = [];
  let [from, line] = [0, 1];
  Papa.parse<string[]>(text, {
    step: ({ data, errors, meta }) => {
      for (const { type, message } of errors)
        if (type === 'Quotes') problems.push({ line, message: `${message}: check the quotes.` });
      // An empty line is no row, at the end of a file least of all.
      if (data.length > 1 || data[0] !== '') rows.push({ line, fields: data });
      line += lineEnds(text.slice(from, meta.cursor));
      from = meta.cursor;
    },
  });
  return { rows, problems };
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function wrongNames(columns: readonly string[]): string[] {
  return columns.flatMap((name, index) => {
    if (name === '') return [`Column ${index + 1} has no name.`];
    return columns.indexOf(name) < index ? [`The column “${name}” stands twice.`] : [];
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
