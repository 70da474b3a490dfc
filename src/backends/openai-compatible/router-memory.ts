/** Loading and freeing models where llama.cpp's server is a router for several (`/models/load`, `/models/unload`). */
import * as v from 'valibot';
import type { ModelInfo } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import type { ServerHttp } from '../shared/http';

export interface RouterMemory {
  readonly http: ServerHttp;
  readonly connection: ServerConnection;
  /** Asks for the list anew. @throws BackendError `model-not-found` */
  readonly find: (modelId: string, signal: AbortSignal) => Promise<ModelInfo>;
}

const doneSchema = v.object({ success: v.literal(true) });
const pauseMs = 300;

/** Resolves once the model is in memory, whoever had it loaded; the router itself answers as soon as it has begun. */
export async function loadIntoRouter(
  { http, connection, find }: RouterMemory,
  modelId: string,
  signal: AbortSignal,
): Promise<ModelInfo> {
  await http.postJson('/models/load', { model: modelId }, doneSchema, signal).catch(unlessAlready('running'));
  for (;;) {
    const model = await find(modelId, signal);
    if (model.isLoaded) return model;
    if (model.hasLoadFailed) {
      throw new BackendError('load-failed', `${connection.label} could not load “${modelId}”.`, {
        hint: 'Its log tells why; too little memory is the usual cause.',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    signal.throwIfAborted();
  }
}

export async function unloadFromRouter(
  { http, find }: RouterMemory,
  modelId: string,
  signal: AbortSignal,
): Promise<void> {
  await http
    .postJson('/models/unload', { model: modelId }, doneSchema, signal)
    .catch(unlessAlready('not running'));
  // A model has ten seconds to end before the router ends it.
  for (let attempt = 0; attempt < 40 && (await find(modelId, signal)).isLoaded; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The router refuses what is so already or has begun: `model is already running`, `model is not running`. */
function unlessAlready(state: 'running' | 'not running'): (thrown: unknown) => void {
  return (thrown) => {
    const said = thrown instanceof BackendError ? (thrown.detail.said ?? '') : '';
    if (!said.endsWith(state === 'running' ? 'already running' : 'not running')) throw thrown;
  };
}
