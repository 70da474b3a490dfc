/** A JSON schema as it is typed: the schema, or what is wrong with it and in which line and column. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { JsonObject } from '../../../core/json';
import { schemaProblems } from './schema-problems';

export interface TextProblem {
  /** From 1 on. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type SchemaReading = { readonly schema: JsonObject } | { readonly problems: readonly TextProblem[] };

/** More than these, and nobody reads them. */
const mostProblems = 5;

export function readSchema(text: string): SchemaReading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const at = (offset: number, message: string): TextProblem => ({ ...placeOf(text, offset), message });
  const [first] = errors;
  if (!root) return { problems: [at(0, 'There is nothing here yet.')] };
  // What follows the first error is mostly its echo.
  if (first) return { problems: [at(first.offset, inWords(printParseErrorCode(first.error)))] };
  if (root.type !== 'object') return { problems: [at(root.offset, 'A schema is an object: {…}.')] };
  const repeated = repeatedKeys(root).map(({ offset, value }) =>
    at(offset, `“${String(value)}” is there twice.`),
  );
  const schema = getNodeValue(root) as JsonObject;
  const misused = schemaProblems(schema).map(({ path, message }) =>
    at(findNodeAtLocation(root, [...path])?.offset ?? root.offset, message),
  );
  const problems = [...repeated, ...misused].slice(0, mostProblems);
  return problems.length > 0 ? { problems } : { schema };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function repeatedKeys(node: Node): Node[] {
  const keys = (node.type === 'object' ? (node.children ?? []) : []).flatMap(
    ({ children }) => children?.slice(0, 1) ?? [],
  );
  const repeated = keys.filter((key, index) => keys.findIndex(({ value }) => value === key.value) < index);
  return [...repeated, ...(node.children ?? []).flatMap(repeatedKeys)];
}

/** `CommaExpected` → `Here a comma is missing.` */
function inWords(code: string): string {
  const missing = /^(.+)Expected$/.exec(code)?.[1];
  const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return missing ? `Here is something missing: ${words(missing)}.` : `This is not JSON: ${words(code)}.`;
}
