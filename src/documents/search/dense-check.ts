/** Finds out whether the vectors of a collection tell what its texts are about, with its own chunks as questions. */
import type { KeywordIndex } from '../keywords/keyword-index';
import type { VectorIndex } from '../vectors/vector-index';
import { agreementOf, denseTrust } from './side-trust';

/** Chunks that are asked about. */
const samples = 24;
/** Words of each, about as many as a long question has. */
const words = 30;
/** With fewer there is nothing to be found out. */
const fewest = 64;

export interface TextOfChunk {
  readonly documentId: string;
  readonly chunk: number;
  readonly text: string;
}

/**
 * @param chunkAt one of the chunks that have vectors, by its place among all of them
 * @returns how far meaning can be trusted, 0 to 1; 1 where there are too few chunks to tell
 */
export function checkDense(
  keywords: KeywordIndex,
  vectors: VectorIndex,
  chunkAt: (place: number) => TextOfChunk | undefined,
): number {
  if (vectors.size < fewest) return 1;
  const agreements = Array.from({ length: samples }, (_, sample) => {
    const asked = chunkAt(Math.floor(((sample + 0.5) / samples) * vectors.size));
    return asked && agreementOn(asked, keywords, vectors);
  }).filter((agreement) => agreement !== undefined);
  if (agreements.length === 0) return 1;
  return denseTrust(agreements.reduce((sum, agreement) => sum + agreement, 0) / agreements.length);
}

function agreementOn(
  { documentId, chunk, text }: TextOfChunk,
  keywords: KeywordIndex,
  vectors: VectorIndex,
): number | undefined {
  const vector = vectors.vectorOf(documentId, chunk);
  if (!vector) return undefined;
  const question = text.split(/\s+/u, words).join(' ');
  // Its neighbours share text with it, so that they are found by whatever reads letters.
  const hits = keywords
    .search(question, 40)
    .filter((hit) => hit.documentId !== documentId || Math.abs(hit.chunk - chunk) > 1);
  const scores = vectors.scoresOf(vector, hits);
  const seen = hits.flatMap((hit, place) => {
    const dense = scores[place];
    return dense === undefined ? [] : [{ ...hit, keyword: hit.score, dense }];
  });
  return agreementOf(seen, { ...vectors.spreadOf(vector), chunks: vectors.size });
}
