/** The check that a value read from JSON is an object, and no list. */
import * as v from 'valibot';
import type { JsonObject } from '../core/json';

export const jsonObjectSchema = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a JSON object',
);
