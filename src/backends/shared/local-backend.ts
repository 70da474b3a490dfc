/**
 * What all engines in the page have in common: models from the shelf, one worker for a chat model and one for an
 * embedding model, one place on the graphics card.
 */
import type { Backend, ChatRequest, Device, LoadedModel, ModelInfo } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ContinueWay } from '../../core/chat-event';
import type { LocalConnection } from '../../core/connection';
import { isEmbeddingModel, type LocalEngine, type LocalModel, modelBytes } from '../../core/local-model';
import type { ModelShelf } from '../../core/model-shelf';
import type { Params, ParamTable } from '../../core/params';
import { continueAnswer } from './continue-answer';
import { DisposableEngine } from './disposable-engine';
import type { EngineOptions } from './engine';
import type { GpuResidency } from './gpu-residency';
import { weightsOf } from './weights-of';
import type { ClientPort } from './worker-client';

/** What the page gives to every engine. */
export interface LocalContext {
  readonly shelf: ModelShelf;
  readonly gpu: GpuResidency;
}

export interface LocalBackendParts<Options extends EngineOptions> {
  readonly connection: LocalConnection & { readonly id: LocalEngine };
  readonly params: ParamTable;
  /** For a conversation that is sent as one plain text. */
  readonly plainParams: ParamTable;
  /** Of the engine's library. */
  readonly version: string;
  readonly canEmbed: boolean;
  /** Whether the engine can tell a model of tools. */
  readonly takesTools?: true;
  readonly continues: ContinueWay;
  startWorker(): ClientPort<Options>;
  /** What the browser lacks for this engine, whatever the model. */
  missingInBrowser(): Promise<BackendError | undefined>;
  /** @param asked what the person wants; absent for the engine's own choice. @throws BackendError where it cannot be had */
  chooseDevice(model: LocalModel, asked: Device | undefined): Promise<Device>;
  optionsFor(model: LocalModel, params: Params, device: Device): Options;
}

export function createLocalBackend<Options extends EngineOptions>(
  parts: LocalBackendParts<Options>,
  { shelf, gpu }: LocalContext,
): Backend {
  const { connection, params, plainParams } = parts;
  const askedDevices = new Map<string, Device>();
  /** @param id of its place on the graphics card */
  function createEngine(id: string): DisposableEngine<Options> {
    const engine = new DisposableEngine<Options>({
      startWorker: () => parts.startWorker(),
      async openFiles(options, onProgress, signal) {
        if (options.device === 'gpu') {
          await gpu.take({ id, unload: (stop) => engine.unload(stop) }, signal);
        }
        return shelf.open(options.model, onProgress, signal);
      },
    });
    return engine;
  }
  // Documents are embedded while a chat goes on, so neither may put the other out of memory.
  const chatting = createEngine(connection.id);
  const embedding = createEngine(`${connection.id} embedding`);
  const engineOf = (model: LocalModel) => (isEmbeddingModel(model) ? embedding : chatting);

  function find(modelId: string): LocalModel {
    const model = shelf.models(connection.id).find(({ id }) => id === modelId);
    if (model) return model;
    throw new BackendError('model-not-found', `There is no model ${modelId} in this page.`, {
      hint: 'Choose one on the Models screen, or put a model file into models/ and reload the page. While the page’s own server does not answer, only models that were used here before can run.',
    });
  }

  /** A request that does not name a context length takes the model as it stands. */
  async function optionsFor({ modelId, params }: Pick<ChatRequest, 'modelId' | 'params'>): Promise<Options> {
    const missing = await parts.missingInBrowser();
    if (missing) throw missing;
    const model = find(modelId);
    const asked = askedDevices.get(modelId);
    const current = engineOf(model).current?.options;
    const isSame = current?.model.id === modelId && (asked === undefined || asked === current.device);
    if (current && isSame && params.contextLength === undefined) return current;
    return parts.optionsFor(model, params, await parts.chooseDevice(model, asked));
  }

  /** A damaged file is found out and dropped at once, so that the next attempt gets it anew. @throws what it got */
  async function recheckAfter(thrown: unknown, model: LocalModel): Promise<never> {
    if (thrown instanceof BackendError && thrown.detail.isFileDamaged) await shelf.recheck(model);
    throw thrown;
  }

  const backend: Backend = {
    id: connection.id,
    label: connection.label,
    params,
    plainParams,
    ...(parts.takesTools && { takesTools: true }),

    async probe(signal) {
      signal.throwIfAborted();
      const error = await parts.missingInBrowser();
      return error ? { state: 'unavailable', error } : { state: 'ready', version: parts.version };
    },
    listModels(signal) {
      signal.throwIfAborted();
      const models = shelf.models(connection.id);
      const loaded = (model: LocalModel): LoadedModel | undefined => {
        const current = engineOf(model).current?.model;
        return current?.modelId === model.id ? current : undefined;
      };
      return Promise.resolve(models.map((model) => toModelInfo(model, loaded(model))));
    },
    async load(request, onProgress, signal) {
      if (request.device) askedDevices.set(request.modelId, request.device);
      const options = await optionsFor(request);
      return engineOf(options.model)
        .load(options, onProgress, signal)
        .catch((thrown: unknown) => recheckAfter(thrown, options.model));
    },
    async unload(modelId, signal) {
      const engine = [chatting, embedding].find(({ current }) => current?.model.modelId === modelId);
      await engine?.unload(signal);
    },
    async *chat(request, signal) {
      const options = await optionsFor(request);
      const suggested = options.model.suggestedParams;
      const params = { ...suggested, ...withoutUnset(request.params) };
      try {
        const engine = engineOf(options.model);
        const direct = (asked: ChatRequest, stop: AbortSignal) => engine.chat(asked, options, stop);
        const isEmulated = parts.params.format === 'emulated' && params.format !== undefined;
        // Few ask for it, and it brings the check of schemas along.
        const emulation = isEmulated ? await import('./emulate-format') : undefined;
        const chat = (asked: ChatRequest, stop: AbortSignal) =>
          emulation ? emulation.emulateFormat(direct, asked, stop) : direct(asked, stop);
        // A plain text has no turns that could end.
        const way = request.promptFormat === 'plain' ? 'natively' : parts.continues;
        yield* continueAnswer(chat, { ...request, params }, way, signal);
      } catch (thrown) {
        await recheckAfter(thrown, options.model);
      }
    },
    dispose() {
      chatting.dispose();
      embedding.dispose();
      return Promise.resolve();
    },
  };
  if (!parts.canEmbed) return backend;
  return {
    ...backend,
    async embed(texts, modelId, signal) {
      const options = await optionsFor({ modelId, params: {} });
      return engineOf(options.model)
        .embed(texts, options, signal)
        .catch((thrown: unknown) => recheckAfter(thrown, options.model));
    },
  };
}

function toModelInfo(model: LocalModel, loaded: LoadedModel | undefined): ModelInfo {
  const { id, label, contextLength, quantization, suggestedParams } = model;
  const embedding = isEmbeddingModel(model);
  const capabilities = { chat: !embedding, vision: false, embedding, ...model.capabilities };
  return {
    id,
    label,
    bytes: modelBytes(model),
    isLoaded: loaded !== undefined,
    capabilities,
    contextLength,
    quantization,
    suggestedParams,
    thinkingControl: loaded?.thinkingControl,
    ...weightsOf(model),
  };
}

/** A setting that was cleared is there with the value undefined, and must not hide a suggested one. */
function withoutUnset(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
