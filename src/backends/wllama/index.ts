/** GGUF models in the page: wllama in a worker, with files that our own origin serves. */
import type { Availability, Backend, ChatRequest, ModelInfo } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { LocalConnection, LocalModelFile } from '../../core/connection';
import type { Params } from '../../core/params';
import { DisposableEngine } from '../shared/disposable-engine';
import { startWorker } from '../../platform/start-worker';
import { missingInBrowser } from './environment';
import { loadOptions, type WllamaLoadOptions } from './load-options';
import { wllamaParams } from './params';
import workerUrl from './wllama.worker.ts?worker&url';

export function createWllama(connection: LocalConnection): Backend {
  const engine = new DisposableEngine<WllamaLoadOptions>(() => startWorker(workerUrl));

  function findFile(modelId: string): LocalModelFile {
    const file = connection.files.find(({ id }) => id === modelId);
    if (file) return file;
    throw noSuchModel(`There is no model ${modelId} in this page.`);
  }

  /** A request that does not name a context length takes the model as it stands. */
  function optionsFor({ modelId, params }: Pick<ChatRequest, 'modelId' | 'params'>): WllamaLoadOptions {
    const current = engine.current?.options;
    if (current?.file.id === modelId && params.contextLength === undefined) return current;
    return loadOptions(findFile(modelId), params);
  }

  return {
    id: connection.id,
    label: connection.label,
    params: wllamaParams,

    probe(signal) {
      signal.throwIfAborted();
      return Promise.resolve(availability(connection));
    },
    listModels(signal) {
      signal.throwIfAborted();
      const loaded = engine.current?.model.modelId;
      return Promise.resolve(connection.files.map((file) => toModelInfo(file, file.id === loaded)));
    },
    async load(request, onProgress, signal) {
      const missing = missingInBrowser();
      if (missing) throw missing;
      return engine.load(optionsFor(request), onProgress, signal);
    },
    async unload(modelId, signal) {
      if (engine.current?.model.modelId === modelId) await engine.unload(signal);
    },
    async *chat(request, signal) {
      const missing = missingInBrowser();
      if (missing) throw missing;
      const params = { ...findFile(request.modelId).suggestedParams, ...withoutUnset(request.params) };
      yield* engine.chat({ ...request, params }, optionsFor(request), signal);
    },
    dispose() {
      engine.dispose();
      return Promise.resolve();
    },
  };
}

function availability({ files }: LocalConnection): Availability {
  const error =
    missingInBrowser() ?? (files.length === 0 ? noSuchModel('There is no model file.') : undefined);
  return error ? { state: 'unavailable', error } : { state: 'ready' };
}

function toModelInfo(file: LocalModelFile, isLoaded: boolean): ModelInfo {
  const { id, label, bytes, suggestedParams } = file;
  const capabilities = { chat: true, vision: false, embedding: false };
  return { id, label, bytes, isLoaded, capabilities, suggestedParams };
}

/** A setting that was cleared is there with the value undefined, and must not hide a suggested one. */
function withoutUnset(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}

function noSuchModel(message: string): BackendError {
  return new BackendError('model-not-found', message, {
    hint: 'Run `npm start` again while the network is up, or put a GGUF file into models/ and reload the page.',
  });
}
