/** What files tell of an answer, wherever it was given: the checks that its parts must pass. */
import * as v from 'valibot';
import { backendErrorCodes, type PlainBackendError } from '../../core/backend-error';
import { type BackendKind, serverKinds } from '../../core/connection';
import { localEngines } from '../../core/local-model';
import type { JsonValue } from '../../core/json';
import type { ParamEffect } from '../../core/param-effect';
import type { ParamName } from '../../core/params';
import type { Provenance } from '../../core/provenance';
import { paramEntries } from '../params-schema';
import { jsonObjectSchema } from '../json-object-schema';

export const text = v.string();
export const number = v.pipe(v.number(), v.finite());
export const optionalText = v.optional(text);
export const optionalNumber = v.optional(number);
export const onlyTrue = v.optional(v.literal(true));
/** What comes out of `JSON.parse` is one. */
const json = v.custom<JsonValue>(() => true);
const paramName = v.picklist(Object.keys(paramEntries) as ParamName[]);
export const effect: v.GenericSchema<unknown, ParamEffect> = v.object({
  param: paramName,
  outcome: v.picklist(['sent', 'emulated', 'ignored', 'refused']),
  requested: json,
  adjusted: v.optional(json),
  wire: optionalText,
  sent: v.optional(json),
});

export const error: v.GenericSchema<unknown, PlainBackendError> = v.object({
  code: v.picklist(backendErrorCodes),
  message: text,
  detail: v.object({
    status: optionalNumber,
    retryAfterMs: optionalNumber,
    said: optionalText,
    hint: optionalText,
    effects: v.optional(v.array(effect)),
  }),
});

export const usage = v.object({
  promptTokens: optionalNumber,
  cachedTokens: optionalNumber,
  completionTokens: optionalNumber,
  reasoningTokens: optionalNumber,
});

export const measurement = v.object({
  firstTokenMs: optionalNumber,
  totalMs: number,
  gapMs: optionalNumber,
  loadMs: optionalNumber,
  loadTimings: v.optional(v.object({ filesMs: number, initializeMs: number })),
  isCold: v.optional(v.boolean()),
  arrivedWhole: onlyTrue,
  isRepeated: onlyTrue,
  prefillTokensPerSecond: optionalNumber,
  tokensPerSecond: optionalNumber,
  completionTokens: number,
  isEstimated: v.boolean(),
});

export const runsOn = v.picklist(['this-gpu', 'this-cpu', 'server']);
export const endReason = v.picklist(['stop', 'length', 'content-filter', 'tool-calls', 'aborted', 'other']);
export const timings = v.object({
  loadMs: optionalNumber,
  prefillMs: optionalNumber,
  decodeMs: optionalNumber,
});
export const circumstances = v.object({ wasHidden: onlyTrue, sharedWith: v.optional(v.array(text)) });

const kinds: readonly BackendKind[] = [...serverKinds, ...localEngines, 'prompt-api'];
/** Its entries, so that others can be added. */
export const provenanceEntries = {
  kind: v.optional(v.picklist(kinds)),
  version: optionalText,
  digest: optionalText,
  source: optionalText,
  quantization: optionalText,
  templateDigest: optionalText,
  isPlain: onlyTrue,
  tools: v.optional(v.array(v.object({ name: text, description: text, parameters: jsonObjectSchema }))),
};
export const provenance: v.GenericSchema<unknown, Provenance> = v.object(provenanceEntries);
