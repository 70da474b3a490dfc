/** One row per kind of server: what the contract suite replays for it. Adding a server means adding a row. */
import { createOllama } from '../../../src/backends/ollama';
import { createOpenAiCompatible } from '../../../src/backends/openai-compatible';
import { serverPresets } from '../../../src/backends/presets';
import type { Backend } from '../../../src/core/backend';
import type { ServerConnection, ServerKind } from '../../../src/core/connection';
import type { Params } from '../../../src/core/params';

export interface ServerRow {
  readonly kind: ServerKind;
  readonly chatRoute: string;
  readonly plainRoute: string;
  /** Recordings by route, for everything but the answers. */
  readonly other: Readonly<Record<string, string>>;
  /** A complete answer of the chat route, and how it reads. */
  readonly chat: { readonly name: string; readonly text: string };
  /** A complete answer of the plain route. */
  readonly plain: string;
  /** An answer that fails after some text. */
  readonly broken: string;
  readonly models: readonly string[];
  readonly unsupported: Params;
  /** Whole streams, whatever their end: each is cut at every byte. */
  readonly streams: readonly { readonly name: string; readonly isPlain?: true }[];
}

export function createServerBackend(kind: ServerKind, baseUrl: string, callFetch?: typeof fetch): Backend {
  const { label } = serverPresets[kind];
  const connection: ServerConnection = { id: kind, kind, label, baseUrl, via: 'direct' };
  const options = { fetch: callFetch };
  if (kind === 'ollama') return createOllama(connection, options);
  return createOpenAiCompatible(connection, serverPresets[kind], options);
}

const openAiRoutes = { chatRoute: 'POST /v1/chat/completions', plainRoute: 'POST /v1/completions' };

export const serverRows: readonly ServerRow[] = [
  {
    kind: 'ollama',
    chatRoute: 'POST /api/chat',
    plainRoute: 'POST /api/generate',
    other: {
      'GET /api/version': 'ollama/version',
      'GET /api/tags': 'ollama/tags',
      'GET /api/ps': 'ollama/ps',
      'POST /api/show': 'ollama/show_smollm2',
    },
    chat: { name: 'ollama/chat_stream', text: "I'm here to help with any creative writing project!" },
    plain: 'ollama/generate_stream',
    broken: 'ollama/runner_killed_midstream',
    models: ['smollm2-embed:latest', 'smollm2:latest', 'smollm2-tools:latest', 'smollm2-think:latest'],
    unsupported: {},
    streams: [
      { name: 'ollama/chat_stream' },
      { name: 'ollama/chat_stream_utf8' },
      { name: 'ollama/think_to_content_stream' },
      { name: 'ollama/generate_stream', isPlain: true },
      { name: 'ollama/toolcall_stream' },
      { name: 'ollama/runner_killed_midstream' },
      { name: 'ollama/server_sigterm_midstream' },
    ],
  },
  {
    kind: 'vllm',
    ...openAiRoutes,
    other: { 'GET /v1/models': 'vllm/models', 'GET /version': 'vllm/version' },
    chat: { name: 'vllm/chat-stream', text: 'The capital of France is Paris.' },
    plain: 'vllm/completions-stream',
    broken: 'openai/runner_killed_v1_stream',
    models: ['SmolLM2-135M-Instruct'],
    unsupported: { contextLength: 4096 },
    streams: [
      { name: 'vllm/chat-stream' },
      { name: 'vllm/completions-stream', isPlain: true },
      { name: 'vllm/tools-named-stream' },
      { name: 'vllm/chat-grammar-stream' },
      { name: 'vllm/chat-thinking-stream' },
      { name: 'vllm-think/thinking-stream' },
      { name: 'vllm-think/tools-stream' },
      { name: 'vllm-think/tools-named-stream' },
      { name: 'vllm/chat-stream-logprobs' },
    ],
  },
  {
    kind: 'instructlab',
    ...openAiRoutes,
    other: { 'GET /v1/models': 'instructlab/models' },
    chat: { name: 'instructlab/chat-stream', text: 'The capital of France is indeed France.' },
    plain: 'instructlab/completions-stream',
    broken: 'llama-cpp-python/interrupted-stream',
    models: ['/example/hf/SmolLM2-135M-Instruct.Q4_1.gguf'],
    unsupported: { thinking: true },
    streams: [
      { name: 'instructlab/chat-stream' },
      { name: 'instructlab/completions-stream', isPlain: true },
      { name: 'instructlab/chat-context-overflow-stream' },
      { name: 'instructlab/tools-named-stream' },
      { name: 'llama-cpp-python/interrupted-stream' },
    ],
  },
  {
    kind: 'llamacpp',
    ...openAiRoutes,
    other: { 'GET /v1/models': 'llamacpp/models', 'GET /props': 'llamacpp/props' },
    chat: { name: 'llamacpp/chat-stream', text: "L'Étoile, la Cité, la" },
    plain: 'llamacpp/completions-stream',
    broken: 'openai/runner_killed_v1_stream',
    models: ['SmolLM2-135M-Instruct'],
    unsupported: { keepAlive: '5m' },
    streams: [
      { name: 'llamacpp/chat-stream' },
      { name: 'llamacpp/chat-grammar-stream' },
      { name: 'llamacpp/chat-thinking-stream' },
      { name: 'llamacpp-think/thinking-stream' },
      { name: 'llamacpp-think/tools-stream' },
      { name: 'llamacpp-router/chat-stream' },
      { name: 'llamacpp/chat-stream-logprobs' },
      { name: 'llamacpp/completions-stream', isPlain: true },
    ],
  },
  {
    kind: 'openai',
    ...openAiRoutes,
    other: { 'GET /v1/models': 'openai/v1_models' },
    chat: { name: 'openai/v1_chat_stream', text: 'Hello there! How can I' },
    plain: 'vllm/completions-stream',
    broken: 'openai/runner_killed_v1_stream',
    models: ['smollm2:latest', 'smollm2-think:latest', 'smollm2-tools:latest'],
    unsupported: { topK: 40 },
    streams: [
      { name: 'openai/v1_chat_stream' },
      { name: 'openai/think_v1' },
      { name: 'openai/toolcall_v1_stream' },
      { name: 'openai/runner_killed_v1_stream' },
    ],
  },
];
