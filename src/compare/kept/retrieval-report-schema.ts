/** The check that what an answer keeps of a search must pass when it comes from a file. */
import * as v from 'valibot';
import type { Passage, RetrievalReport } from '../../core/retrieval';
import { retrievalFilterSchema, retrievalSettingsSchema } from '../retrieval-settings-schema';

const text = v.string();
const number = v.pipe(v.number(), v.finite());
const optionalNumber = v.optional(number);

export const passageSchema: v.GenericSchema<unknown, Passage> = v.object({
  collectionId: text,
  documentId: v.optional(text),
  documentName: text,
  url: v.optional(text),
  start: optionalNumber,
  end: optionalNumber,
  page: optionalNumber,
  headings: v.array(text),
  text,
  scores: v.object({
    keyword: optionalNumber,
    dense: optionalNumber,
    told: optionalNumber,
    fused: number,
    reranked: optionalNumber,
  }),
});

export const retrievalReportSchema: v.GenericSchema<unknown, RetrievalReport> = v.object({
  collectionIds: v.array(text),
  question: text,
  rewritten: v.optional(text),
  settings: retrievalSettingsSchema,
  filter: v.optional(retrievalFilterSchema),
  passages: v.array(passageSchema),
  leftOut: v.array(passageSchema),
  unfit: v.optional(v.array(passageSchema)),
  budget: v.object({ tokens: number, isEstimated: v.boolean(), readsPerSecond: v.optional(number) }),
  prompt: text,
  searchMs: number,
  notices: v.array(text),
  remarks: v.optional(v.array(text)),
});
