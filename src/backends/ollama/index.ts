/** Ollama through its native API: it alone knows `num_ctx`, `keep_alive`, thinking and load times. */
import type { Backend, LoadRequest, LoadedModel } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import type { JsonObject } from '../../core/json';
import { mapParams } from '../../core/map-params';
import { paramTableFor } from '../../core/param-table-for';
import { continueAnswer } from '../shared/continue-answer';
import { createServerHttp } from '../shared/http';
import type { LaneClient } from '../shared/lanes/lane-client';
import { paramsOf, plainParamsOf } from '../shared/param-versions';
import { probeServer } from '../shared/probe-server';
import { embedTexts } from './embed-texts';
import { createModelCatalog } from './model-catalog';
import type { ModelDetails } from './model-catalog';
import { ollamaParams, plainOllama } from './params';
import { pullModel } from './pull-model';
import { streamAnswer } from './stream-answer';
import { answerLineSchema, versionSchema } from './wire';

/** A server that is busy with the answer tells its window at once or not in time. */
const windowPatienceMs = 2000;

export function createOllama(
  connection: ServerConnection,
  options: { fetch?: typeof fetch; lanes?: LaneClient | undefined } = {},
): Backend {
  const http = createServerHttp(connection, options.fetch, options.lanes);
  const catalog = createModelCatalog(http);
  let { version } = connection;

  /** A chat without messages changes only what is in memory: load, or unload with `keep_alive: 0`. */
  async function emptyChat(body: JsonObject, signal: AbortSignal): Promise<void> {
    await http.postJson('/api/chat', { messages: [], stream: false, ...body }, answerLineSchema, signal);
  }

  async function loadNow({ modelId, params }: LoadRequest, signal: AbortSignal): Promise<LoadedModel> {
    const { contextLength: wanted, keepAlive } = params;
    const { body } = mapParams({ contextLength: wanted, keepAlive }, paramsOf(ollamaParams, version));
    await emptyChat({ model: modelId, ...body }, signal);
    const { contextLength } = await catalog.loaded(modelId, signal);
    const isClamped = wanted !== undefined && contextLength !== undefined && contextLength < wanted;
    return {
      modelId,
      runsOn: 'server',
      contextLength,
      notice: isClamped ? clampedNotice(wanted, contextLength) : undefined,
    };
  }

  /** `num_ctx` may be clamped, and is 4096 or more where nobody set it: only the loaded model's own figure counts. */
  async function windowInForce(modelId: string, signal: AbortSignal): Promise<number | undefined> {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(windowPatienceMs)]);
      return (await catalog.loaded(modelId, limited)).contextLength;
    } catch {
      // The answer is worth more than this figure.
      return undefined;
    }
  }

  async function knownDetails(modelId: string, signal: AbortSignal): Promise<ModelDetails | undefined> {
    try {
      return await catalog.details(modelId, signal);
    } catch (thrown) {
      // Whatever else keeps /api/show from answering, the chat itself will tell better.
      if (!(thrown instanceof BackendError) || thrown.code === 'model-not-found') throw thrown;
      return undefined;
    }
  }

  const backend: Backend = {
    id: connection.id,
    label: connection.label,
    get params() {
      return paramsOf(ollamaParams, version);
    },
    get plainParams() {
      return plainParamsOf(ollamaParams, plainOllama, version);
    },
    takesTools: true,

    probe: (signal) =>
      probeServer(
        async (limited) => {
          ({ version } = await http.getJson('/api/version', versionSchema, limited));
          return version;
        },
        connection.label,
        signal,
      ),

    listModels: (signal) => catalog.list(signal),

    async inspect(modelId, signal) {
      const { capabilities, trainedContextLength, templateDigest } = await catalog.details(
        modelId,
        signal,
        true,
      );
      const { isLoaded, contextLength = trainedContextLength } = await catalog.loaded(modelId, signal);
      const logprobs = paramsOf(ollamaParams, version).topLogprobs !== 'unsupported';
      // The server itself holds an answer to a schema and counts probabilities, whatever the model.
      return {
        id: modelId,
        isLoaded,
        contextLength,
        templateDigest,
        capabilities: { ...capabilities, json: true, logprobs },
      };
    },

    async load(request, onProgress, signal) {
      const { modelId, params, eager } = request;
      await catalog.details(modelId, signal, true);
      if (!eager) return { modelId, runsOn: 'server', contextLength: params.contextLength };
      onProgress({ phase: 'initialize' });
      return loadNow(request, signal);
    },

    async unload(modelId, signal) {
      await emptyChat({ model: modelId, keep_alive: 0 }, signal);
      // The reply comes before the memory is free; without a wait, the next listing would deny the unload.
      for (let attempt = 0; attempt < 20; attempt++) {
        if (!(await catalog.loaded(modelId, signal)).isLoaded) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },

    pull: (name, onProgress, signal) => pullModel({ http, connection }, name, onProgress, signal),

    remove: (modelId, signal) => http.remove('/api/delete', { model: modelId }, signal),

    async *chat(request, signal) {
      const details = await knownDetails(request.modelId, signal);
      const hasImages = request.messages.some(({ images }) => images?.length);
      if (hasImages && details?.capabilities?.vision === false) throw cannotSee(request.modelId);
      const isPlain = request.promptFormat === 'plain' || details?.hasChatTemplate === false;
      const promptFormat = isPlain ? 'plain' : 'chat';
      const source = {
        http,
        connection,
        params: paramTableFor(backend, isPlain),
        family: details?.family,
        takesTools: !isPlain && details?.capabilities?.tools !== false,
        windowInForce: (asking: AbortSignal) => windowInForce(request.modelId, asking),
      };
      const way = isPlain || details?.continuesTurns ? 'natively' : 'by asking';
      const full = { ...request, promptFormat } as const;
      yield* continueAnswer((asked, stop) => streamAnswer(source, asked, stop), full, way, signal);
    },

    embed: (texts, modelId, signal) => embedTexts({ http, connection }, texts, modelId, signal),

    dispose: () => Promise.resolve(),
  };
  return backend;
}

function clampedNotice(wanted: number, given: number): string {
  return `Ollama gave the model a context window of ${given} tokens; ${wanted} is more than it was trained for.`;
}

/** Ollama itself would drop the images without a word. */
function cannotSee(modelId: string): BackendError {
  return new BackendError('bad-request', `The model “${modelId}” cannot read images.`, {
    hint: 'Choose a model that can, or send the message without the image.',
  });
}
