/** Where the reading worker gets the tokenizer of an embedding model from. */
import { isLocalEngine } from '../core/local-model';
import type { TokenizerFile } from '../documents/chunking/token-counter';
import type { ModelLibrary } from './model-library.svelte';
import type { Selection } from './setting-values';

const path = 'tokenizer.json';

/**
 * @returns undefined for a server's model, for one that keeps its tokenizer elsewhere, and for one whose files cannot
 * be had: tokens are estimated then
 * @throws the signal's reason
 */
export async function embeddingTokenizer(
  library: Pick<ModelLibrary, 'models' | 'open'>,
  { backendId, modelId }: Selection,
  signal: AbortSignal,
): Promise<TokenizerFile | undefined> {
  const models = isLocalEngine(backendId) ? library.models(backendId) : [];
  const model = models.find(({ id }) => id === modelId);
  if (!model?.files.some((file) => file.path === path)) return undefined;
  try {
    const { files } = await library.open(model, () => undefined, signal);
    const file = files.find((opened) => opened.path === path)?.blob;
    return file && { id: `${backendId}/${modelId}`, file };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
