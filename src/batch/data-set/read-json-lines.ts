/** JSON Lines: an object on each line, and its keys are the columns. */
import type { BatchItem } from '../../core/batch';
import { type DataProblem, type ReadData, readResult } from './data-problem';

interface ReadLine {
  readonly line: number;
  readonly item: BatchItem;
}

export function readJsonLines(text: string): ReadData {
  const problems: DataProblem[] = [];
  const read: ReadLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const item = readItem(line);
    if (typeof item === 'string') problems.push({ line: index + 1, message: item });
    else read.push({ line: index + 1, item });
  }
  const columns = [...new Set(read.flatMap(({ item }) => Object.keys(item)))];
  for (const { line, item } of read) {
    const missing = columns.filter((name) => !Object.hasOwn(item, name));
    if (missing.length === 0) continue;
    const names = missing.map((name) => `“${name}”`).join(', ');
    problems.push({ line, message: `It has no ${names}, as others have. Write "" where there is nothing.` });
  }
  problems.sort((a, b) => a.line - b.line);
  return readResult({ columns, items: read.map(({ item }) => item) }, problems);
}

/** The item, or what is wrong with the line. */
function readItem(line: string): BatchItem | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (thrown) {
    return `This is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'This is JSON, but no object such as {"question": "…"}.';
  }
  const entries = Object.entries(value).map(([name, field]: [string, unknown]) => {
    return [name, typeof field === 'string' ? field : JSON.stringify(field)];
  });
  return entries.length === 0 ? 'This object is empty.' : (Object.fromEntries(entries) as BatchItem);
}
