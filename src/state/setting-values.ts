/** Every preference: its type, its default, and the check that a stored value must pass to be used. */
import * as v from 'valibot';
import { laneSettingsSchema as laneSettings } from '../compare/lane-settings-schema';
import { paramsSchema as params } from '../compare/params-schema';
import { serverKinds } from '../core/connection';
import type { JsonValue } from '../core/json';
import { toolDefinitionSchema } from '../tools/tool-definition-schema';

const text = v.string();
const optionalNumber = v.optional(v.number());

const addedServer = v.object({ id: text, kind: v.picklist(serverKinds), label: text, url: text });

/** A server that was typed into Settings; its key is kept apart. */
export type AddedServer = v.InferOutput<typeof addedServer>;

/** What is kept under a name: see named-presets.ts. */
const preset = v.object({ id: text, name: text, text });

const selection = v.object({ backendId: text, modelId: text });

/** The model that answers next. */
export type Selection = v.InferOutput<typeof selection>;

const laneSetup = v.object({ backendId: text, modelId: text, own: v.optional(laneSettings) });

/** Lanes of a comparison, kept under a name: see comparison/lane-sets.ts. */
const laneSet = v.object({ id: text, name: text, lanes: v.array(laneSetup), common: laneSettings });

const keptFacts = v.object({
  /** Where and at which version a probe was made. */
  address: v.optional(text),
  version: v.optional(text),
  probed: v.record(text, v.object({ outcome: v.picklist(['yes', 'no', 'undecided']), seen: text })),
  probedContextLength: optionalNumber,
  /** The person's word. */
  set: v.record(text, v.boolean()),
  contextLength: optionalNumber,
});

/** What is known of a model beyond what its server declares. */
export type KeptFacts = v.InferOutput<typeof keptFacts>;

const schemas = {
  theme: v.picklist(['system', 'light', 'dark']),
  /** In force while none of the kept ones is chosen. */
  systemPrompt: text,
  systemPrompts: v.array(preset),
  systemPromptId: v.nullable(text),
  /** JSON schemas as they were typed, valid or not; the valid one in force is `params.format`. */
  jsonSchema: text,
  jsonSchemas: v.array(preset),
  jsonSchemaId: v.nullable(text),
  params,
  selection: v.nullable(selection),
  addedServers: v.array(addedServer),
  /** Ids of relay upstreams that the page calls directly. */
  directUpstreams: v.array(text),
  /** `BACKEND MODEL` of models that get a plain prompt because they have no chat template. */
  plainModels: v.array(text),
  /** Names of the page's own tools that may run by themselves. */
  builtInTools: v.array(text),
  /** Tools that the person answers. */
  ownTools: v.array(toolDefinitionSchema),
  /** The same as written, kept also while it cannot be read. */
  ownToolsText: text,
  laneSets: v.array(laneSet),
  /** By `BACKEND MODEL`: for a million tokens of the prompt and of the answer. */
  prices: v.record(text, v.object({ input: v.number(), output: v.number() })),
  /** Of all prices: a code of ISO 4217. */
  currency: v.pipe(text, v.regex(/^[A-Z]{3}$/)),
  /** The model that judges answers of others. */
  judge: v.nullable(selection),
  /** What it goes by; empty for the usual. */
  judgeRubric: text,
  /** By engine and device: the largest load that ran, the smallest that ran out of memory, in bytes. */
  fitHistory: v.record(
    text,
    v.object({ largestThatRan: optionalNumber, smallestThatFailed: optionalNumber }),
  ),
  /** By `BACKEND MODEL`. */
  modelFacts: v.record(text, keptFacts),
  /** Keys by server id, only those that the person asked to keep on this device. */
  rememberedKeys: v.record(text, text),
};

export type SettingName = keyof typeof schemas;
export type SettingValues = { readonly [Name in SettingName]: v.InferOutput<(typeof schemas)[Name]> };

export const defaultSettings: SettingValues = {
  theme: 'system',
  systemPrompt: '',
  systemPrompts: [],
  systemPromptId: null,
  jsonSchema: '',
  jsonSchemas: [],
  jsonSchemaId: null,
  params: {},
  selection: null,
  addedServers: [],
  directUpstreams: [],
  plainModels: [],
  builtInTools: [],
  ownTools: [],
  ownToolsText: '',
  laneSets: [],
  prices: {},
  currency: 'USD',
  judge: null,
  judgeRubric: '',
  fitHistory: {},
  modelFacts: {},
  rememberedKeys: {},
};

/** Stored values over the defaults; one that does not fit its type falls back to its default. */
export function readSettings(stored: ReadonlyMap<string, JsonValue>): SettingValues {
  const entries = Object.entries(schemas).map(([name, schema]) => {
    const parsed = v.safeParse(schema, stored.get(name));
    return [name, parsed.success ? parsed.output : defaultSettings[name as SettingName]];
  });
  return Object.fromEntries(entries) as SettingValues;
}
