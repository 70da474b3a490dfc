/** The servers that the environment names. */
import { serverKinds } from '../../../src/core/connection';
import type { LiveServer } from './live-server';

const { env } = process;
/** As `scripts/servers/real-servers.mjs` names those that it started. */
const ours = (env.SWITCHYARD_OWN_SERVERS ?? '').split(',');

/** All kinds; those that are not named have no address, and count as skipped. */
export const namedServers: readonly LiveServer[] = serverKinds.map((kind) => {
  const prefix = kind.toUpperCase();
  return {
    kind,
    baseUrl: env[`${prefix}_BASE_URL`],
    apiKey: env[`${prefix}_API_KEY`],
    model: env[`${prefix}_LIVE_MODEL`],
    embedUrl: env[`${prefix}_EMBED_BASE_URL`],
    isOurs: ours.includes(kind),
  };
});

/** Started with a chat template that thinks and calls tools. */
export const thinkingServers: readonly LiveServer[] = (['vllm', 'llamacpp'] as const).map((kind) => ({
  kind,
  label: `${kind} with thoughts`,
  baseUrl: env[`${kind.toUpperCase()}_THINK_BASE_URL`],
}));

/** Serves several models; one of them is broken. */
export const llamaCppRouter: LiveServer = {
  kind: 'llamacpp',
  label: 'llama.cpp as a router',
  baseUrl: env.LLAMACPP_ROUTER_BASE_URL,
};

/** The server that InstructLab is built on, by itself. */
export const llamaCppPython: LiveServer = {
  kind: 'instructlab',
  label: 'llama-cpp-python',
  baseUrl: env.LLAMA_CPP_PYTHON_BASE_URL,
  apiKey: env.LLAMA_CPP_PYTHON_API_KEY,
  isOurs: ours.includes('llama-cpp-python'),
};
