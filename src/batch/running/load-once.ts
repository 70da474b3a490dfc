/** For servers: that a model is there is asked once, and not again before each of thousands of answers. */
import type { LoadedModel } from '../../core/backend';
import type { CellBackend } from './answer-cell';

export function loadOnce(load: CellBackend['load']): CellBackend['load'] {
  const loads = new Map<string, Promise<LoadedModel>>();
  return (request, onProgress, signal) => {
    const { contextLength, keepAlive } = request.params;
    const key = JSON.stringify([request.modelId, contextLength, keepAlive]);
    const known = loads.get(key);
    if (known) return known;
    const loading = load(request, onProgress, signal);
    loads.set(key, loading);
    // A server that was away is asked again for the next answer.
    loading.catch(() => loads.delete(key));
    return loading;
  };
}
