/** Texts → vectors with a model that was made for it. */
import type { Wllama } from '@wllama/wllama/esm/index.js';
import type { EmbeddingRecipe } from '../../core/local-model';

/** llama.cpp's words for the ways of pooling. */
const poolings = { mean: 'mean', cls: 'cls', 'last-token': 'last' } as const;

/** What a load needs for it. A text is pooled as a whole, so a batch must hold the longest one. */
export function embeddingConfig({ pooling }: EmbeddingRecipe, contextLength: number) {
  return {
    embeddings: true,
    pooling_type: poolings[pooling],
    n_batch: contextLength,
    n_ubatch: contextLength,
  };
}

/** @throws the signal's reason, or what wllama throws */
export async function embedTexts(
  wllama: Pick<Wllama, 'createEmbedding'>,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  // One at a time: for several texts at once it answers with the vector of one.
  for (const text of texts) {
    signal.throwIfAborted();
    const { data } = await wllama.createEmbedding({ input: text });
    const [vector] = data;
    if (!vector || !Array.isArray(vector.embedding)) throw new TypeError('wllama gave no vector.');
    vectors.push(Float32Array.from(vector.embedding));
  }
  return vectors;
}
