/** The check that settings of generation must pass when they come from a file or from storage. */
import * as v from 'valibot';
import type { Params } from '../core/params';
import { jsonObjectSchema } from './json-object-schema';

const optionalNumber = v.optional(v.number('must be a number'));
const text = v.string('must be a text');

export const paramEntries = {
  temperature: optionalNumber,
  topP: optionalNumber,
  topK: optionalNumber,
  minP: optionalNumber,
  typicalP: optionalNumber,
  repeatPenalty: optionalNumber,
  frequencyPenalty: optionalNumber,
  presencePenalty: optionalNumber,
  seed: optionalNumber,
  stop: v.optional(v.array(text, 'must be a list of texts')),
  maxTokens: optionalNumber,
  contextLength: optionalNumber,
  format: v.optional(v.union([v.literal('json'), jsonObjectSchema], 'must be "json" or a JSON Schema')),
  grammar: v.optional(text),
  topLogprobs: optionalNumber,
  thinking: v.optional(
    v.union([v.boolean(), v.picklist(['low', 'medium', 'high'])], 'must be true, false, low, medium or high'),
  ),
  keepAlive: v.optional(v.union([v.number(), v.string()], 'must be seconds or a duration such as 5m')),
  extra: v.optional(jsonObjectSchema),
};

/** A setting of another name is passed over. */
export const paramsSchema: v.GenericSchema<unknown, Params> = v.object(paramEntries);
