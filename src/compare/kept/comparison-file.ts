/**
 * A comparison as one file: JSON with everything that was asked, answered and measured. A file comes from anywhere, so
 * reading checks each field, and gives every row an id of its own: nothing that is here can be overwritten by it.
 */
import * as v from 'valibot';
import { notImported } from '../../core/not-imported';
import { type Comparison, mostLanes, scheduleModes, type WholeComparison } from '../../core/comparison';
import type { Conversation } from '../../core/conversation';
import { runManifestFormat } from '../../core/run-manifest';
import { checkedBy } from '../../platform/checked-by';
import { comparisonOfManifest } from '../manifest/comparison-of-manifest';
import { laneSettingsSchema as settings } from '../lane-settings-schema';
import { retrievalFilterSchema, retrievalSettingsSchema } from '../retrieval-settings-schema';
import { messageSchema } from './message-schema';
import { type RenewedComparison, withNewIds } from './with-new-ids';

const format = 'switchyard-comparison';
/** Raised when a reader of the earlier one could misread it; fields that are only added need no new one. */
const version = 1;

const text = v.string();

const comparison: v.GenericSchema<unknown, Comparison> = v.object({
  id: text,
  title: text,
  isTitleChosen: v.boolean(),
  createdAt: v.number(),
  updatedAt: v.number(),
  lanes: v.pipe(
    v.array(
      v.object({ id: text, conversationId: text, backendId: text, modelId: text, own: v.optional(settings) }),
    ),
    v.maxLength(mostLanes),
  ),
  common: settings,
  mode: v.picklist(scheduleModes),
  scrollsTogether: v.boolean(),
});

export const conversationSchema: v.GenericSchema<unknown, Conversation> = v.object({
  id: text,
  title: text,
  isTitleChosen: v.boolean(),
  createdAt: v.number(),
  updatedAt: v.number(),
  leafId: v.optional(text),
  comparisonId: v.optional(text),
  collectionIds: v.optional(v.array(text)),
  retrieval: v.optional(retrievalSettingsSchema),
  documentFilter: v.optional(retrievalFilterSchema),
});

const file = v.object({
  comparison,
  conversations: v.array(conversationSchema),
  messages: v.array(messageSchema),
});

export function writeComparisonFile(whole: WholeComparison): string {
  return JSON.stringify({ format, version, ...whole }, undefined, 1);
}

/**
 * Also reads the manifest of a run, as a comparison with one lane.
 * @param newId makes an id that nothing has
 * @throws BackendError `bad-request` with what is wrong with the file
 */
export function readComparisonFile(content: string, newId: () => string): RenewedComparison {
  const value = parsed(content);
  if (value['format'] === runManifestFormat) return checked(comparisonOfManifest(value), newId);
  if (value['format'] !== format) throw notImported('it was not exported from Compare.');
  if (value['version'] !== version)
    throw notImported('it was written by another version of this page, whose files this one does not know.');
  return checked(value, newId);
}

function checked(value: unknown, newId: () => string): RenewedComparison {
  return withNewIds(checkedBy(file, value, notImported), newId);
}

function parsed(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    throw notImported('it is not JSON, or only the beginning of it.');
  }
  throw notImported('it was not exported from Compare.');
}
