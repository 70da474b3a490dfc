/** The check that settings of a lane must pass when they come from a file or from storage. */
import * as v from 'valibot';
import type { LaneSettings } from '../core/comparison';
import { paramsSchema } from './params-schema';
import { retrievalSettingsSchema } from './retrieval-settings-schema';

export const laneSettingsSchema: v.GenericSchema<unknown, LaneSettings> = v.object({
  params: paramsSchema,
  systemPrompt: v.string(),
  collectionIds: v.optional(v.array(v.string())),
  retrieval: v.optional(retrievalSettingsSchema),
});
