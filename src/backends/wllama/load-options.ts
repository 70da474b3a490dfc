/** What the page tells the worker about the model to load, and the choices behind it. */
import type { Device } from '../../core/backend';
import { type LocalModel, usualContextLength } from '../../core/local-model';
import { mapParams } from '../../core/map-params';
import type { Params } from '../../core/params';
import type { EngineOptions } from '../shared/engine';
import { threadCount } from '../shared/thread-count';
import { wllamaParams } from './params';

export interface WllamaOptions extends EngineOptions {
  readonly contextLength: number;
  readonly threads: number;
}

export function loadOptions(model: LocalModel, params: Params, device: Device): WllamaOptions {
  const { n_ctx } = mapParams({ contextLength: params.contextLength }, wllamaParams).body;
  const contextLength = typeof n_ctx === 'number' ? n_ctx : usualContextLength;
  return { model, device, contextLength, threads: threadCount() };
}
