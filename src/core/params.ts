/**
 * Generation settings in neutral names, and the tables that say what each backend makes of them.
 * The same table drives the request body, the disabled sliders and the docs.
 */
import type { JsonObject, JsonValue } from './json';

/** Every setting there is, with its type. */
export interface ParamValues {
  /** 0 is greedy. */
  readonly temperature: number;
  /** Nucleus sampling: the smallest set of tokens whose probability reaches this, 0–1. */
  readonly topP: number;
  /** The number of most likely tokens to draw from. */
  readonly topK: number;
  /** Least probability relative to the most likely token, 0–1. */
  readonly minP: number;
  /** Locally typical sampling: tokens whose surprise is near the expected one, up to this probability, 0–1. */
  readonly typicalP: number;
  /** Multiplicative penalty on tokens already seen; 1 is none. */
  readonly repeatPenalty: number;
  readonly frequencyPenalty: number;
  readonly presencePenalty: number;
  readonly seed: number;
  readonly stop: readonly string[];
  /** Upper limit of generated tokens. */
  readonly maxTokens: number;
  /** Context window in tokens. */
  readonly contextLength: number;
  /** `'json'` for any JSON, or a JSON Schema that the answer must fit. */
  readonly format: 'json' | JsonObject;
  /** A grammar in llama.cpp's notation (GBNF) that the answer must follow. */
  readonly grammar: string;
  /** How many of the most likely tokens to report for each token, with their probabilities, 1–20. */
  readonly topLogprobs: number;
  readonly thinking: boolean | 'low' | 'medium' | 'high';
  /** How long a server keeps the model in memory: seconds, or a duration such as `5m`; -1 is for ever. */
  readonly keepAlive: number | string;
}

/** An absent setting leaves the backend's own default in force. */
export type Params = Partial<ParamValues>;

export type ParamName = keyof ParamValues;

export interface ParamMapping<Value> {
  /** Field of the request body; a dot nests (`options.num_ctx`). */
  readonly wire: string;
  readonly min?: number;
  readonly max?: number;
  /** Where the wire wants another form. `undefined` leaves the field out. */
  readonly convert?: (value: Value) => JsonValue | undefined;
  /** Changing it makes the backend load the model anew. */
  readonly reloads?: true;
}

export type ParamRule<Value> = 'unsupported' | ParamMapping<Value>;

/** Every setting must be answered, so a forgotten one is a type error. */
export type ParamTable = { readonly [Name in ParamName]: ParamRule<ParamValues[Name]> };

export interface ParamWarning {
  readonly param: ParamName;
  readonly reason: 'unsupported' | 'clamped';
  readonly requested: JsonValue;
  /** The value that was sent instead, when clamped. */
  readonly sent?: JsonValue;
}

export interface MappedParams {
  readonly body: JsonObject;
  readonly warnings: readonly ParamWarning[];
}

/** Translates settings into a request body. Pure; nothing is dropped or changed without a warning. */
export function mapParams(params: Params, table: ParamTable): MappedParams {
  const body: MutableJson = {};
  const warnings: ParamWarning[] = [];
  for (const name of paramNames(table)) mapOne(name, params, table, body, warnings);
  return { body, warnings };
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
  warnings: ParamWarning[],
): void {
  const requested: ParamValues[Name] | undefined = params[name];
  if (requested === undefined) return;
  const rule: ParamRule<ParamValues[Name]> = table[name];
  if (rule === 'unsupported') {
    warnings.push({ param: name, reason: 'unsupported', requested });
    return;
  }
  const value = clamp(requested, rule);
  if (value !== requested) warnings.push({ param: name, reason: 'clamped', requested, sent: value });
  const sent = rule.convert ? rule.convert(value) : value;
  if (sent !== undefined) assign(body, rule.wire.split('.'), sent);
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
