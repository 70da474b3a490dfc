/** Every server that speaks OpenAI's API: vLLM, InstructLab, llama.cpp and others, told apart by a preset. */
import type { Availability, Backend, ChatRequest, ModelInfo } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import { paramTableFor } from '../../core/param-table-for';
import type { OpenAiPreset } from '../presets';
import { continueAnswer } from '../shared/continue-answer';
import { createServerHttp } from '../shared/http';
import type { LaneClient } from '../shared/lanes/lane-client';
import { paramsOf, plainParamsOf } from '../shared/param-versions';
import { probeServer } from '../shared/probe-server';
import { apiBase } from '../shared/api-base';
import { createTurns } from '../shared/turns';
import type { Turns } from '../shared/turns';
import { embedTexts } from './embed-texts';
import { inspectModel } from './inspect-model';
import { modelInfo } from './model-info';
import { loadIntoRouter, unloadFromRouter } from './router-memory';
import { serverVersion } from './server-version';
import { streamAnswer } from './stream-answer';
import { modelsSchema, propsSchema } from './wire';

export function createOpenAiCompatible(
  connection: ServerConnection,
  preset: OpenAiPreset,
  options: { fetch?: typeof fetch; lanes?: LaneClient | undefined } = {},
): Backend {
  const { root, api } = apiBase(connection);
  const http = createServerHttp({ ...connection, baseUrl: root }, options.fetch, options.lanes);
  const turns = preset.quirks.oneRequestAtATime ? createTurns(root) : undefined;
  let lastModels: ModelInfo[] | undefined;
  let lastAvailability: Availability | undefined;
  let lastVersion = connection.version;

  async function fetchModels(signal: AbortSignal): Promise<ModelInfo[]> {
    const { data } = await http.getJson(`${api}/models`, modelsSchema, signal);
    lastModels = data.map(modelInfo);
    return lastModels;
  }

  /** Asking while an answer streams would break that answer, so what is known already must do. */
  async function listModels(signal: AbortSignal): Promise<ModelInfo[]> {
    if (!turns) return fetchModels(signal);
    const free = await turns.tryTake();
    if (!free && lastModels) return lastModels;
    const release = free ?? (await turns.take(signal));
    try {
      return await fetchModels(signal);
    } finally {
      release();
    }
  }

  async function find(modelId: string, signal: AbortSignal): Promise<ModelInfo> {
    const model = (await listModels(signal)).find(({ id }) => id === modelId);
    if (!model) throw unknownModel(modelId, connection);
    return model;
  }

  const router = { http, connection, find };

  async function probe(signal: AbortSignal): Promise<Availability> {
    const ask = async (limited: AbortSignal) => {
      await fetchModels(limited).catch((thrown: unknown) => explainHiddenRefusal(thrown, limited));
      return askVersion(limited);
    };
    if (!turns) return probeServer(ask, connection.label, signal);
    const free = await turns.tryTake();
    if (!free && lastAvailability) return lastAvailability;
    const release = free ?? (await turnWithin(turns, signal));
    // Only an answer that streams, perhaps in another tab, keeps a turn that long: the server runs.
    if (!release) return { state: 'ready' };
    try {
      lastAvailability = await probeServer(ask, connection.label, signal);
      return lastAvailability;
    } finally {
      release();
    }
  }

  /** The version is open to all: where it answers and the models do not, the key is at fault. */
  async function explainHiddenRefusal(thrown: unknown, signal: AbortSignal): Promise<never> {
    const isSilent = thrown instanceof BackendError && thrown.code === 'unreachable';
    const mayHide = preset.quirks.hidesWrongKey && connection.via === 'direct';
    if (isSilent && mayHide && (await askVersion(signal)) !== undefined) {
      throw new BackendError(
        'unauthorized',
        `${connection.label} answers, but most likely wants a key, or another one.`,
        {
          hint: 'Check the key in the settings.',
        },
      );
    }
    throw thrown;
  }

  /** Asked anew each time: the server may have been started with another model. Unknown counts as yes. */
  async function templateHasTools(modelId: string, signal: AbortSignal): Promise<boolean> {
    if (!preset.quirks.tellsTools) return true;
    try {
      // A router loads the model for this, as it does for the answer that follows.
      const path = `/props?model=${encodeURIComponent(modelId)}`;
      const { chat_template_caps: able } = await http.getJson(path, propsSchema, signal);
      return able?.supports_tools !== false;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return true;
    }
  }

  async function takesToolsOf({ modelId, params }: ChatRequest, signal: AbortSignal): Promise<boolean> {
    if (preset.quirks.callsOnlyNamedTools) return typeof params.extra?.tool_choice === 'object';
    return templateHasTools(modelId, signal);
  }

  /** Nice to know, so a server or relay without that route is still ready. */
  async function askVersion(signal: AbortSignal): Promise<string | undefined> {
    const { version } = preset.quirks;
    if (!version) return undefined;
    if (version.once && lastVersion !== undefined) return lastVersion;
    try {
      lastVersion = await serverVersion(http, version, signal);
      return lastVersion;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return undefined;
    }
  }

  const backend: Backend = {
    id: connection.id,
    label: connection.label,
    get params() {
      return paramsOf(preset.params, lastVersion);
    },
    get plainParams() {
      return plainParamsOf(preset.params, preset.plainParams, lastVersion);
    },
    takesTools: true,
    probe,
    listModels,

    async inspect(modelId, signal) {
      const listed = await find(modelId, signal);
      const params = paramsOf(preset.params, lastVersion);
      return inspectModel({ http, quirks: preset.quirks, params }, listed, signal);
    },

    async load({ modelId, eager }, onProgress, signal) {
      const listed = await find(modelId, signal);
      const isWanted = eager && listed.isLoadable && !listed.isLoaded;
      if (isWanted) onProgress({ phase: 'initialize' });
      const { contextLength } = isWanted ? await loadIntoRouter(router, modelId, signal) : listed;
      return { modelId, runsOn: 'server', contextLength };
    },

    ...(preset.quirks.routesModels && {
      unload: (modelId: string, signal: AbortSignal) => unloadFromRouter(router, modelId, signal),
    }),

    async *chat(request, signal) {
      // One that is under way already had its turn.
      const release = request.relayAnswer?.isResumed ? undefined : await turns?.take(signal);
      try {
        const takesTools = !request.tools?.length || (await takesToolsOf(request, signal));
        const isPlain = request.promptFormat === 'plain';
        const params = paramTableFor(backend, isPlain);
        const source = { http, connection, quirks: preset.quirks, params, api, takesTools };
        // A plain text has no turns that could end.
        const way = isPlain ? 'natively' : preset.quirks.continues;
        yield* continueAnswer((asked, stop) => streamAnswer(source, asked, stop), request, way, signal);
      } finally {
        release?.();
      }
    },

    async embed(texts, modelId, signal) {
      const release = await turns?.take(signal);
      try {
        return await embedTexts({ http, connection, api }, texts, modelId, signal);
      } finally {
        release?.();
      }
    },

    dispose: () => Promise.resolve(),
  };
  return backend;
}

async function turnWithin(turns: Turns, signal: AbortSignal): Promise<(() => void) | undefined> {
  const timeout = AbortSignal.timeout(2000);
  try {
    return await turns.take(AbortSignal.any([signal, timeout]));
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return undefined;
  }
}

function unknownModel(modelId: string, { label }: ServerConnection): BackendError {
  return new BackendError('model-not-found', `${label} does not have the model “${modelId}”.`, {
    hint: 'Choose one that it lists.',
  });
}
