/** Answers that are JSON, field by field. */
import type { JsonValue } from '../../core/json';

export interface JsonField {
  /** `items[0].name`; empty for a value without fields. */
  readonly path: string;
  /** As JSON, one for each answer; undefined where it is no JSON or lacks the field. */
  readonly values: readonly (string | undefined)[];
  readonly isSame: boolean;
}

/** More than these, and nobody reads them. */
const mostFields = 300;

/** Undefined where fewer than two of them are JSON. */
export function jsonFields(texts: readonly string[]): JsonField[] | undefined {
  const documents = texts.map((text) => {
    const value = jsonIn(text);
    return value === undefined ? undefined : new Map(leavesOf(value, ''));
  });
  const given = documents.filter((document) => document !== undefined);
  if (given.length < 2) return undefined;
  const paths = [...new Set(given.flatMap((document) => [...document.keys()]))];
  return paths.slice(0, mostFields).map((path) => {
    const values = documents.map((document) => document?.get(path));
    return { path, values, isSame: new Set(given.map((document) => document.get(path))).size === 1 };
  });
}

/** An answer that is JSON as a whole, or in one fence, as models like to write it. */
function jsonIn(text: string): JsonValue | undefined {
  const [, fenced] = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(text.trim()) ?? [];
  try {
    const value = JSON.parse(fenced ?? text) as JsonValue;
    // A lone word or number is an answer like any other.
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Each value without fields of its own, an empty object or list among them. */
function leavesOf(value: JsonValue, path: string): (readonly [string, string])[] {
  const inner =
    typeof value !== 'object' || value === null
      ? []
      : Array.isArray(value)
        ? (value as readonly JsonValue[]).map((item, index) => [`${path}[${index}]`, item] as const)
        : Object.entries(value).map(([name, item]) => [path ? `${path}.${name}` : name, item] as const);
  if (inner.length === 0) return [[path, JSON.stringify(value)]];
  return inner.flatMap(([at, item]) => leavesOf(item, at));
}
