/** Comma-separated values: each row as a line that names its columns. */
import Papa from 'papaparse';
import type { DocumentText } from '../../core/document';
import { decodeText } from './decode-text';
import type { ReadRequest } from './read-request';
import { rowText } from './row-text';
import { TextBuilder } from './text-builder';

const mostProblemsTold = 3;

export function readTable({ name, bytes }: ReadRequest): DocumentText {
  const { text, notices } = decodeText(name, bytes);
  const out = new TextBuilder();
  for (const notice of notices) out.notice(notice);
  let names: readonly string[] | undefined;
  let problems = 0;
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    step: ({ data, errors }) => {
      if (errors.some(({ type }) => type === 'Quotes') && ++problems <= mostProblemsTold)
        out.notice(
          `A quote is not closed near “${data.join(' ').slice(0, 60)}”: the rows there may be joined.`,
        );
      if (names) return out.add('table-row', rowText(names, data));
      names = areNames(data) ? data : [];
      out.add('table-row', rowText([], data));
    },
  });
  return out.finish();
}

/** A first row with an empty field, a number or a name that stands twice is a row like the others. */
function areNames(fields: readonly string[]): boolean {
  const names = fields.map((field) => field.trim());
  const areWords = names.every((field) => field !== '' && !/^[-+]?[\d.,:/\s]+%?$/.test(field));
  return areWords && new Set(names).size === names.length;
}
