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
  /** Fields for the request that no setting stands for, in the server's own words. */
  readonly extra: JsonObject;
}

/** An absent setting leaves the backend's own default in force. */
export type Params = Partial<ParamValues>;

export type ParamName = keyof ParamValues;

export interface ParamMapping<Value> {
  /** Field of the request body; a dot nests (`options.num_ctx`). Empty: each field of the value itself is one. */
  readonly wire: string;
  readonly min?: number;
  readonly max?: number;
  /** Where the wire wants another form. `undefined` leaves the field out. */
  readonly convert?: (value: Value) => JsonValue | undefined;
  /** Changing it makes the backend load the model anew. */
  readonly reloads?: true;
}

/** `emulated`: the backend has no such thing, and the page brings the effect about (`backends/shared/emulate-*.ts`). */
export type ParamRule<Value> = 'unsupported' | 'emulated' | ParamMapping<Value>;

/** Every setting must be answered, so a forgotten one is a type error. */
export type ParamTable = { readonly [Name in ParamName]: ParamRule<ParamValues[Name]> };
