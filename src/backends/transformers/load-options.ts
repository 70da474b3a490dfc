/** What the page tells the worker about the model to load. */
import type { Device } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';
import { mapParams } from '../../core/map-params';
import type { Params } from '../../core/params';
import type { EngineOptions } from '../shared/engine';
import { threadCount } from '../shared/thread-count';
import { transformersParams } from './params';

export interface TransformersOptions extends EngineOptions {
  readonly threads: number;
}

const needed = ['config.json', 'tokenizer.json'];

/** @throws BackendError `load-failed` where a file is missing without which nothing can be loaded */
export function loadOptions(model: LocalModel, params: Params, device: Device): TransformersOptions {
  const missing = needed.find((path) => !model.files.some((file) => file.path === path));
  if (missing) {
    throw new BackendError('load-failed', `${model.label} lacks its ${missing}.`, {
      hint: 'Choose another build of this model, or add the file to its folder.',
    });
  }
  const { context } = mapParams({ contextLength: params.contextLength }, transformersParams).body;
  return {
    model,
    device,
    threads: threadCount(),
    ...(typeof context === 'number' && { contextLength: context }),
  };
}
