/** Texts → vectors with a model that was made for it. */
import { pipeline, type FeatureExtractionPipeline } from '@huggingface/transformers';
import type { EmbeddingRecipe } from '../../core/local-model';
import type { GraphNames } from './graph-names';
import { groupByLength, type GroupLimits } from './group-by-length';
import { macrotask } from './macrotask';
import { modelName } from './model-files';

export type Embedder = (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>;

/** Hugging Face's words for the ways of pooling. */
const poolings = { mean: 'mean', cls: 'cls', 'last-token': 'last_token' } as const;

/** A stop is obeyed between two groups, so none may take long. */
const usualGroups: GroupLimits = { most: 8, mostCharacters: 2000 };
const alone: GroupLimits = { most: 1, mostCharacters: 0 };

export async function loadEmbedder(
  graph: GraphNames,
  device: 'wasm' | 'webgpu',
  { pooling, isNormalized }: EmbeddingRecipe,
): Promise<{ embed: Embedder; extractor: FeatureExtractionPipeline }> {
  const extractor = await pipeline('feature-extraction', modelName, { ...graph, device });
  // The library takes the last place of the longest text for the last token of each.
  const limits = pooling === 'last-token' ? alone : usualGroups;
  const embed: Embedder = async (texts, signal) => {
    const vectors: Float32Array[] = [];
    for (const group of groupByLength(texts, limits)) {
      await macrotask();
      signal.throwIfAborted();
      const together = group.map((position) => texts[position] ?? '');
      const made = await extractor(together, {
        pooling: poolings[pooling],
        normalize: isNormalized,
      });
      if (!(made.data instanceof Float32Array)) throw new TypeError(`Vectors of type ${made.type}`);
      const length = made.data.length / group.length;
      for (const [row, position] of group.entries()) {
        vectors[position] = made.data.slice(row * length, (row + 1) * length);
      }
    }
    return vectors;
  };
  return { embed, extractor };
}
