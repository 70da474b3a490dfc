/** One small question to the chat model beside the conversation: as certain as it can be, and short. */
import { BackendError } from '../../core/backend-error';
import { generate } from '../../core/generate';
import type { Params } from '../../core/params';
import type { BackendStore } from '../backend-store.svelte';
import type { Selection } from '../setting-values';

/** A model that the conversation is answered by anyway. */
export interface AskedModel {
  readonly backends: BackendStore;
  readonly choice: Selection;
  /** Settings that a model is loaded with: another window would load it anew. */
  readonly loadedWith: Params;
}

/**
 * @param params tried one after the other, where a backend refuses one of them
 * @throws BackendError where it cannot be asked; the signal's reason once it is aborted
 */
export async function askModel(
  { backends, choice: { backendId, modelId }, loadedWith }: AskedModel,
  prompt: string,
  params: readonly Params[],
  signal: AbortSignal,
): Promise<string> {
  const { contextLength, keepAlive } = loadedWith;
  const kept: Params = {
    ...(contextLength !== undefined && { contextLength }),
    ...(keepAlive !== undefined && { keepAlive }),
  };
  let refused: unknown;
  for (const wanted of params) {
    try {
      const backend = await backends.backend(backendId);
      const { text } = await generate(backend, prompt, { modelId, params: { ...wanted, ...kept }, signal });
      signal.throwIfAborted();
      return text;
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof BackendError) || thrown.code !== 'bad-request') throw thrown;
      refused = thrown;
    }
  }
  throw BackendError.from(refused);
}
