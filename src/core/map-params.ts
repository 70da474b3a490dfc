/** Settings → a request body, by a backend's table. Nothing is dropped or changed without a word in the report. */
import type { JsonObject, JsonValue } from './json';
import type { ParamEffect } from './param-effect';
import type { ParamMapping, ParamName, Params, ParamRule, ParamTable, ParamValues } from './params';

export interface MappedParams {
  readonly body: JsonObject;
  /** One for each setting that the person set, in the order of the table. */
  readonly effects: readonly ParamEffect[];
}

/**
 * Pure.
 * @param settled what the load saw to: it is in the report, and not in the body
 */
export function mapParams(
  params: Params,
  table: ParamTable,
  settled: readonly ParamName[] = [],
): MappedParams {
  const body: MutableJson = {};
  const effects: ParamEffect[] = [];
  for (const name of paramNames(table)) {
    mapOne(name, params, table, settled.includes(name) ? {} : body, effects);
  }
  return { body, effects };
}

function paramNames(table: ParamTable): ParamName[] {
  // Object.keys is typed as string[]; a ParamTable has exactly these keys.
  return Object.keys(table) as ParamName[];
}

type MutableJson = { [key: string]: JsonValue };

// Name ties the rule to its value; the type checker needs it though it stands once in the signature.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function mapOne<Name extends ParamName>(
  name: Name,
  params: Params,
  table: ParamTable,
  body: MutableJson,
  effects: ParamEffect[],
): void {
  const requested: ParamValues[Name] | undefined = params[name];
  if (requested === undefined) return;
  const rule: ParamRule<ParamValues[Name]> = table[name];
  if (rule === 'unsupported' || rule === 'emulated') {
    effects.push({ param: name, outcome: rule === 'emulated' ? 'emulated' : 'ignored', requested });
    return;
  }
  const value = clamp(requested, rule);
  const sent = rule.convert ? rule.convert(value) : value;
  if (sent === undefined) {
    effects.push({ param: name, outcome: 'ignored', requested });
    return;
  }
  const base = { param: name, requested, ...(value !== requested && { adjusted: value }) };
  for (const [wire, field] of fieldsOf(rule.wire, sent)) {
    const isOurs = name === 'extra' && ownFields.has(wire.split('.', 1)[0] ?? '');
    if (!isOurs) assign(body, wire.split('.'), field);
    effects.push({ ...base, outcome: isOurs ? 'ignored' : 'sent', wire, sent: field });
  }
}

/** What the page itself says in every request; a free field of that name is not sent. */
export const ownFields: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'prompt',
  'stream',
  'stream_options',
  'tools',
  'raw',
]);

/** Free fields stand side by side with those of the settings and have the last word. */
function fieldsOf(wire: string, sent: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (wire !== '') return [[wire, sent]];
  return Object.entries(sent as JsonObject).flatMap(([name, value]) => leaves(name, value));
}

/** `{options: {mirostat: 1}}` must not take the other options away. */
function leaves(path: string, value: JsonValue): (readonly [string, JsonValue])[] {
  const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
  // A dot inside a name would be taken for nesting.
  const inner = isNested ? Object.entries(value as JsonObject) : [];
  if (inner.length === 0 || inner.some(([name]) => name.includes('.'))) return [[path, value]];
  return inner.flatMap(([name, field]) => leaves(`${path}.${name}`, field));
}

function clamp<Value>(value: Value, { min = -Infinity, max = Infinity }: ParamMapping<Value>): Value {
  if (typeof value !== 'number') return value;
  return Math.min(max, Math.max(min, value)) as Value & number;
}

function assign(body: MutableJson, path: readonly string[], value: JsonValue): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    body[head] = value;
    return;
  }
  const nested: MutableJson = { ...(body[head] as JsonObject | undefined) };
  assign(nested, rest, value);
  body[head] = nested;
}

/**
 * The report in the person's own values, where an engine had to bend a setting before it was mapped.
 * @param params as the person set them
 */
export function asRequested(effects: readonly ParamEffect[], params: Params): ParamEffect[] {
  return effects.map((effect) => {
    const requested = params[effect.param];
    if (requested === undefined || requested === effect.requested) return effect;
    return { ...effect, requested, adjusted: effect.adjusted ?? effect.requested };
  });
}
