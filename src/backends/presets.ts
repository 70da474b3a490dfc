/** The kinds of servers as data: what to call them, where they usually are, what they accept. */
import type { ContinueWay } from '../core/chat-event';
import type { ServerKind } from '../core/connection';
import type { ParamTable } from '../core/params';
import { ollamaParams, plainOllama } from './ollama/params';
import { instructLabParams, llamaCppParams, openAiParams, vllmParams } from './openai-compatible/params';
import { plainLlamaCpp, plainOpenAi, plainVllm } from './openai-compatible/plain-params';
import type { VersionRoute } from './openai-compatible/server-version';
import type { ParamVersions } from './shared/param-versions';

export interface ServerPreset {
  readonly label: string;
  /** Where the server listens unless told otherwise; offered when a person adds one. */
  readonly usualBaseUrl: string;
  readonly params: ParamVersions;
  /** What differs where a conversation is sent as plain text. */
  readonly plainParams: Partial<ParamTable>;
}

export interface OpenAiPreset extends ServerPreset {
  readonly quirks: OpenAiQuirks;
}

export interface OpenAiQuirks {
  /** A second request is refused or cuts the first one short: requests must wait for each other. */
  readonly oneRequestAtATime: boolean;
  /** Whether `stream_options.include_usage` may be sent; without it a stream has no token counts. */
  readonly acceptsStreamOptions: boolean;
  /** `natively`: it knows `continue_final_message`; the others would begin a new turn. */
  readonly continues: ContinueWay;
  /** Absent where the server tells none. */
  readonly version?: VersionRoute;
  /** Its 401 has no CORS headers, so a page sees a wrong key as a failed connection (PROTOCOLS B). */
  readonly hidesWrongKey?: true;
  /** JSON by schema and token probabilities come from the server itself, so they work with every model. */
  readonly honoursAllSettings?: true;
  /** It may be a router that loads and frees models when it is told to. */
  readonly routesModels?: true;
  /** Its `/props` tell whether the model's chat template knows tools; it drops them in silence where not. */
  readonly tellsTools?: true;
  /** It calls a tool only where `tool_choice` names that tool; what a model calls by itself stays text. */
  readonly callsOnlyNamedTools?: true;
}

const usualQuirks: OpenAiQuirks = {
  oneRequestAtATime: false,
  acceptsStreamOptions: true,
  continues: 'by asking',
};

export const serverPresets = {
  ollama: {
    label: 'Ollama',
    usualBaseUrl: 'http://localhost:11434',
    params: ollamaParams,
    plainParams: plainOllama,
  },
  vllm: {
    label: 'vLLM',
    usualBaseUrl: 'http://localhost:8000',
    params: vllmParams,
    plainParams: plainVllm,
    quirks: {
      ...usualQuirks,
      continues: 'natively',
      version: { path: '/version', field: 'version' },
      hidesWrongKey: true,
      honoursAllSettings: true,
    },
  },
  instructlab: {
    label: 'InstructLab',
    usualBaseUrl: 'http://localhost:8000',
    params: instructLabParams,
    plainParams: plainOpenAi,
    quirks: {
      oneRequestAtATime: true,
      acceptsStreamOptions: false,
      continues: 'by asking',
      version: {
        path: '/openapi.json',
        field: 'version',
        within: 'info',
        of: 'llama-cpp-python',
        once: true,
      },
      callsOnlyNamedTools: true,
      honoursAllSettings: true,
    },
  },
  llamacpp: {
    label: 'llama.cpp',
    usualBaseUrl: 'http://localhost:8080',
    params: llamaCppParams,
    plainParams: plainLlamaCpp,
    quirks: {
      ...usualQuirks,
      continues: 'natively',
      version: { path: '/props', field: 'build_info' },
      tellsTools: true,
      routesModels: true,
      honoursAllSettings: true,
    },
  },
  openai: {
    label: 'OpenAI-compatible server',
    usualBaseUrl: 'http://localhost:8000/v1',
    params: openAiParams,
    plainParams: plainOpenAi,
    quirks: usualQuirks,
  },
} as const satisfies Record<ServerKind, ServerPreset> & Record<Exclude<ServerKind, 'ollama'>, OpenAiPreset>;
