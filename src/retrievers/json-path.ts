/** Places in JSON that a person wrote: names with dots, numbers in brackets, as in `data.hits[0].text`. Nothing is run. */
import type { JsonObject, JsonValue } from '../core/json';

type Step = string | number;

/** Names are anything without dots and brackets. @returns undefined for what is no path; no steps for an empty one */
export function parsePath(path: string): readonly Step[] | undefined {
  const trimmed = path.trim();
  if (trimmed === '') return [];
  const steps: Step[] = [];
  const step = /(?:(?<=^|\.)([^.[\]]+)|\[(\d{1,6})\])(?:\.(?=[^.[\]])|(?=\[)|$)/y;
  while (step.lastIndex < trimmed.length) {
    const found = step.exec(trimmed);
    if (!found) return undefined;
    steps.push(found[1] ?? Number(found[2]));
  }
  return steps;
}

/** @returns undefined where there is nothing, or the path is none */
export function readPath(value: JsonValue, path: string): JsonValue | undefined {
  const steps = parsePath(path);
  if (!steps) return undefined;
  let at: JsonValue | undefined = value;
  for (const step of steps) {
    if (at === undefined || at === null || typeof at !== 'object') return undefined;
    // Only what the answer holds itself: `constructor` is nobody's field.
    at = Object.hasOwn(at, step) ? (at as Readonly<Record<Step, JsonValue>>)[step] : undefined;
  }
  return at;
}

/** An object with a value at each path; numbers in brackets are no places to write to, and are taken as names. */
export function writePaths(values: readonly (readonly [path: string, value: JsonValue])[]): JsonObject {
  const whole: Record<string, JsonValue> = {};
  for (const [path, value] of values) {
    const names = path.split('.').map((name) => name.trim());
    const last = names.pop() ?? '';
    let at = whole;
    for (const name of names) {
      const inner = Object.hasOwn(at, name) ? at[name] : undefined;
      const next = isObject(inner) ? { ...inner } : {};
      // `__proto__` becomes a field as any other.
      Object.defineProperty(at, name, { value: next, enumerable: true, writable: true, configurable: true });
      at = next;
    }
    Object.defineProperty(at, last, { value, enumerable: true, writable: true, configurable: true });
  }
  return whole;
}

/** What an answer holds, two levels deep, so that a person finds the right path: `took, hits (hits: total, hits[10])`. */
export function keysOf(value: JsonValue, depth = 2): string {
  if (Array.isArray(value)) {
    const [first] = value as readonly JsonValue[];
    const inner = first !== undefined && depth > 0 ? keysOf(first, depth - 1) : '';
    return inner ? `a list of ${value.length}, each with ${inner}` : `a list of ${value.length}`;
  }
  if (!isObject(value)) return value === null ? 'nothing' : `a ${typeof value}`;
  const names = Object.entries(value).slice(0, 20);
  if (names.length === 0) return 'no keys';
  return names
    .map(([name, inner]) => {
      const isInside = depth > 0 && inner !== null && typeof inner === 'object';
      return isInside ? `${name} (${keysOf(inner, depth - 1)})` : name;
    })
    .join(', ');
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
