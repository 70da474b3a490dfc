/**
 * From which cosine on a collection has something on a question at all. What a cosine is worth differs from model to
 * model and from collection to collection, so questions on anything else are asked as well (scores normalized by
 * impostors: Auckenthaler et al. 2000): a real one has to come nearer than they do.
 */
import type { VectorIndex } from '../vectors/vector-index';

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Deviations above what unrelated questions reach. Chosen on Cranfield and on handbooks, with MiniLM and with E5. */
const aboveUnrelated = 1.5;
/** Chunks that are compared with the others. */
const samples = 24;

/**
 * @param unrelated vectors of questions on anything
 * @param chunkAt one of the chunks that have vectors, by its place among all of them
 */
export function denseFloor(
  vectors: VectorIndex,
  unrelated: readonly Float32Array[],
  chunkAt: (place: number) => { readonly documentId: string; readonly chunk: number } | undefined,
): number {
  const reached = spreadOf(unrelated.map((question) => vectors.search(question, 1)[0]?.score ?? 0));
  const floor = reached.mean + aboveUnrelated * reached.deviation;
  // A collection on everything answers those questions too. What is as near to it as its chunks are to each other is
  // never unrelated.
  const { mean, deviation } = spreadOfChunks(vectors, chunkAt);
  return Math.min(floor, mean + deviation);
}

function spreadOfChunks(
  vectors: VectorIndex,
  chunkAt: (place: number) => { readonly documentId: string; readonly chunk: number } | undefined,
): Spread {
  const spreads = Array.from({ length: samples }, (_, sample) => {
    const place = Math.floor(((sample + 0.5) / samples) * vectors.size);
    const at = chunkAt(place);
    const vector = at && vectors.vectorOf(at.documentId, at.chunk);
    return vector && vectors.spreadOf(vector);
  }).filter((spread) => spread !== undefined);
  const { mean } = spreadOf(spreads.map((spread) => spread.mean));
  const squared = spreads.map((spread) => spread.deviation ** 2 + (spread.mean - mean) ** 2);
  return { mean, deviation: Math.sqrt(spreadOf(squared).mean) };
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const squared = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1);
  return { mean, deviation: Math.sqrt(squared) };
}
