/** Texts → vectors with a model that was made for it. */
import { pipeline, type FeatureExtractionPipeline } from '@huggingface/transformers';
import type { EmbeddingRecipe } from '../../core/local-model';
import type { GraphNames } from './graph-names';
import { macrotask } from './macrotask';
import { modelName } from './model-files';

export type Embedder = (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>;

/** Hugging Face's words for the ways of pooling. */
const poolings = { mean: 'mean', cls: 'cls', 'last-token': 'last_token' } as const;

export async function loadEmbedder(
  graph: GraphNames,
  device: 'wasm' | 'webgpu',
  { pooling, isNormalized }: EmbeddingRecipe,
): Promise<{ embed: Embedder; extractor: FeatureExtractionPipeline }> {
  const extractor = await pipeline('feature-extraction', modelName, { ...graph, device });
  const embed: Embedder = async (texts, signal) => {
    const vectors: Float32Array[] = [];
    // One at a time: a batch is padded to its longest text, which costs more than it saves on a processor.
    for (const text of texts) {
      await macrotask();
      signal.throwIfAborted();
      const vector = await extractor(text, { pooling: poolings[pooling], normalize: isNormalized });
      if (!(vector.data instanceof Float32Array)) throw new TypeError(`A vector of type ${vector.type}`);
      vectors.push(vector.data.slice());
    }
    return vectors;
  };
  return { embed, extractor };
}
