/** What the page tells the worker about the model to load, and the choices behind it. */
import type { LocalModelFile } from '../../core/connection';
import { mapParams, type Params } from '../../core/params';
import { wllamaParams } from './params';

export interface WllamaLoadOptions {
  readonly file: LocalModelFile;
  /** Tokens. */
  readonly contextLength: number;
  /** 1 where the page is not cross-origin isolated: threads need shared memory. */
  readonly threads: number;
}

/** Long enough for a conversation; the cache of a 135 M model takes 94 MB with it. wllama's own default is 1 024. */
const usualContextLength = 4096;
/** More threads than this fight for memory bandwidth. */
const mostThreads = 8;

export function loadOptions(file: LocalModelFile, params: Params): WllamaLoadOptions {
  const { n_ctx } = mapParams({ contextLength: params.contextLength }, wllamaParams).body;
  return {
    file,
    contextLength: typeof n_ctx === 'number' ? n_ctx : usualContextLength,
    threads: chooseThreads(),
  };
}

/** Half of the logical processors: llama.cpp's threads wait by spinning, so one too many slows all of them down. */
function chooseThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.min(mostThreads, Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)));
}
