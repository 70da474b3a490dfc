/** What an OpenAI-style server declares of a model, and what servers of its kind do with every model. */
import * as v from 'valibot';
import type { Capability, ModelInfo } from '../../core/backend';
import type { ParamTable } from '../../core/params';
import type { OpenAiQuirks } from '../presets';
import type { ServerHttp } from '../shared/http';
import { sha256Of } from '../shared/sha256-of';

const flag = v.nullish(v.boolean());

/** llama.cpp's `GET /props`. */
const propsSchema = v.object({
  default_generation_settings: v.nullish(v.object({ n_ctx: v.nullish(v.number()) })),
  modalities: v.nullish(v.object({ vision: flag })),
  chat_template: v.nullish(v.string()),
  chat_template_caps: v.nullish(v.object({ supports_tools: flag })),
});

type Capabilities = Partial<Record<Capability, boolean>>;

export interface InspectSource {
  readonly http: ServerHttp;
  readonly quirks: OpenAiQuirks;
  readonly params: ParamTable;
}

export async function inspectModel(
  { http, quirks, params }: InspectSource,
  listed: ModelInfo,
  signal: AbortSignal,
): Promise<ModelInfo> {
  const byKind = capabilitiesOfKind(quirks, params);
  if (!quirks.tellsTools) return { ...listed, capabilities: byKind };
  // A router would load the model only to answer this.
  const query = `?model=${encodeURIComponent(listed.id)}&autoload=false`;
  try {
    const props = await http.getJson(`/props${query}`, propsSchema, signal);
    const contextLength = props.default_generation_settings?.n_ctx ?? listed.contextLength;
    const templateDigest = props.chat_template ? await sha256Of(props.chat_template) : undefined;
    const capabilities = { ...byKind, ...capabilitiesFrom(props) };
    const cannotBeAsked = props.chat_template && !asks.test(props.chat_template);
    return {
      ...listed,
      contextLength,
      templateDigest,
      capabilities,
      ...(cannotBeAsked && { thinkingControl: 'none' as const }),
    };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { ...listed, capabilities: byKind };
  }
}

/** The templates' own names for the switch and the mark of a thought; without them a template may still think. */
const thinks = /enable_thinking|reasoning_content|<think>/;

/** What templates read of a request's `chat_template_kwargs` (see `params.ts`). */
const asks = /enable_thinking|\bthinking\b|reasoning_effort/;

function capabilitiesFrom(props: v.InferOutput<typeof propsSchema>): Capabilities {
  const vision = props.modalities?.vision ?? undefined;
  const tools = props.chat_template_caps?.supports_tools ?? undefined;
  return {
    ...(vision !== undefined && { vision }),
    ...(tools !== undefined && { tools }),
    ...(thinks.test(props.chat_template ?? '') && { thinking: true }),
  };
}

function capabilitiesOfKind(
  { honoursAllSettings, callsOnlyNamedTools }: OpenAiQuirks,
  params: ParamTable,
): Capabilities {
  const known = (rule: unknown): boolean | undefined => (rule === 'unsupported' ? false : honoursAllSettings);
  const json = known(params.format);
  const logprobs = known(params.topLogprobs);
  return {
    ...(json !== undefined && { json }),
    ...(logprobs !== undefined && { logprobs }),
    ...(callsOnlyNamedTools && { tools: false }),
  };
}
