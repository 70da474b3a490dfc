/** What the page tells the worker about the model to load, and the checks that need no graphics card. */
import type { Device } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import {
  isEmbeddingModel,
  type LocalModel,
  usualContextLength,
  webLlmLibraryPath,
} from '../../core/local-model';
import { mapParams } from '../../core/map-params';
import type { Params } from '../../core/params';
import type { EngineOptions } from '../shared/engine';
import { webLlmParams } from './params';

export type WebLlmOptions = EngineOptions;

/** Without one of these nothing can be loaded, so it is said before anything is downloaded. */
const needed: Readonly<Record<string, string>> = {
  [webLlmLibraryPath]: 'the library that was compiled for it',
  'mlc-chat-config.json': 'its configuration',
  'tensor-cache.json': 'the list of its weights; conversions from before 2025 have another one',
};

/** @throws BackendError `load-failed` where the model is not one that WebLLM can load */
export function loadOptions(model: LocalModel, params: Params, device: Device): WebLlmOptions {
  const missing = Object.keys(needed).find((path) => !model.files.some((file) => file.path === path));
  if (missing) {
    throw new BackendError('load-failed', `${model.label} lacks ${missing}, ${needed[missing] ?? ''}.`, {
      hint: 'Choose another build of this model.',
    });
  }
  // An embedding model takes texts of the one length that it was compiled for.
  if (isEmbeddingModel(model)) return { model, device };
  const { context_window_size } = mapParams({ contextLength: params.contextLength }, webLlmParams).body;
  const wanted = typeof context_window_size === 'number' ? context_window_size : usualContextLength;
  return { model, device, contextLength: Math.min(wanted, model.contextLength ?? wanted) };
}
