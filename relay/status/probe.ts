/** Asks an upstream what it is and which models it has. */
import type { UpstreamStatus } from '../contract';
import { askUpstream, type ProbeAnswer } from './probe-request';
import {
  instructLabApi,
  instructLabGreeting,
  llamaCppProps,
  ollamaLoaded,
  ollamaTags,
  openAiModels,
  versionReply,
} from './server-replies';
import type { Upstream } from '../upstreams/upstream';

type Found = Pick<UpstreamStatus, 'state' | 'models' | 'version' | 'error'>;

/** Never rejects: what goes wrong is part of the answer. */
export function probe(upstream: Upstream, signal: AbortSignal): Promise<Found> {
  return upstream.settings.kind === 'ollama' ? probeOllama(upstream, signal) : probeOpenAi(upstream, signal);
}

async function probeOllama(upstream: Upstream, signal: AbortSignal): Promise<Found> {
  const [version, tags, inMemory] = await Promise.all([
    askUpstream(upstream, '/api/version', versionReply, signal),
    askUpstream(upstream, '/api/tags', ollamaTags, signal),
    askUpstream(upstream, '/api/ps', ollamaLoaded, signal),
  ]);
  if (!('value' in version)) return { models: [], ...version };
  if (!('value' in tags)) return { models: [], ...tags };
  // Nice to know, so a server without that route is still ready.
  const loaded = valueOf(inMemory);
  const models = loaded
    ? tags.value.map((model) => ({ ...model, ...loaded.get(model.id), isLoaded: loaded.has(model.id) }))
    : tags.value;
  return { state: 'ready', models, version: version.value.version };
}

/** One question after the other: InstructLab refuses a second connection. */
async function probeOpenAi(upstream: Upstream, signal: AbortSignal): Promise<Found> {
  const models = await askUpstream(upstream, '/v1/models', openAiModels, signal);
  if (!('value' in models)) return { models: [], ...models };
  const version = await identify(upstream, signal);
  return { state: 'ready', models: models.value, ...(version === undefined ? {} : { version }) };
}

/** Its version, where it tells one. Notes when an entry for vLLM or any server is really InstructLab. */
async function identify(upstream: Upstream, signal: AbortSignal): Promise<string | undefined> {
  const { kind } = upstream.settings;
  if (kind === 'instructlab') return engineVersion(upstream, signal);
  if (kind === 'llamacpp') {
    return valueOf(await askUpstream(upstream, '/props', llamaCppProps, signal))?.build_info;
  }
  const version = kind === 'vllm' ? await askUpstream(upstream, '/version', versionReply, signal) : undefined;
  if (version && 'value' in version) {
    upstream.turnsOutToBe(kind);
    return version.value.version;
  }
  const greeting = await askUpstream(upstream, '/', instructLabGreeting, signal);
  if (!signal.aborted) upstream.turnsOutToBe('value' in greeting ? 'instructlab' : kind);
  return 'value' in greeting ? engineVersion(upstream, signal) : undefined;
}

/** The version of InstructLab's engine; a long reply, which is asked for until it has come once. */
async function engineVersion(upstream: Upstream, signal: AbortSignal): Promise<string | undefined> {
  const known = engineVersions.get(upstream);
  if (known !== undefined) return known;
  const api = valueOf(await askUpstream(upstream, '/openapi.json', instructLabApi, signal));
  const version = api && `llama-cpp-python ${api.info.version}`;
  if (version) engineVersions.set(upstream, version);
  return version;
}

const engineVersions = new WeakMap<Upstream, string>();

function valueOf<Value>(answer: ProbeAnswer<Value>): Value | undefined {
  return 'value' in answer ? answer.value : undefined;
}
