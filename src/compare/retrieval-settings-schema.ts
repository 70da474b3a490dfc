/** The check that settings and the filter of a search must pass when they come from a file or from storage. */
import * as v from 'valibot';
import type { RetrievalFilter, RetrievalSettings } from '../core/retrieval';

const within = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const retrievalSettingsSchema: v.GenericSchema<unknown, RetrievalSettings> = v.object({
  passages: v.pipe(within(1, 50), v.integer()),
  denseWeight: within(0, 1),
  neighbours: v.pipe(within(0, 3), v.integer()),
  rewritesQuestion: v.boolean(),
  reranks: v.boolean(),
  keepsUnfit: v.optional(v.boolean()),
  readsLong: v.optional(v.boolean()),
});

const time = v.optional(v.pipe(v.number(), v.finite()));

export const retrievalFilterSchema: v.GenericSchema<unknown, RetrievalFilter> = v.object({
  documentIds: v.optional(v.array(v.string())),
  from: time,
  until: time,
});
